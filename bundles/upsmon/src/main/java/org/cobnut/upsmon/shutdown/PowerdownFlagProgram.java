package org.cobnut.upsmon.shutdown;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code upsmon -K}, for scripts at the end of a shutdown: says whether POWERDOWNFLAG is set, so that the UPS must be
 * switched off. Runs without a framework.
 */
public final class PowerdownFlagProgram {
    private PowerdownFlagProgram() {}

    /** Exits with 0 when the flag is set, else with 1. The argument is the folder of upsmon.conf. */
    public static void main(String[] args) {
        Path file = Path.of(args.length > 0 ? args[0] : "/etc/nut", "upsmon.conf");
        Optional<Path> flag = flag(file);
        boolean set = flag.filter(PowerdownFlag::set).isPresent();
        System.err.println(flag.map(path -> "Power down flag %s is %s".formatted(path, set ? "set" : "not set"))
                .orElse("Power down flag is not configured in " + file));
        System.exit(set ? 0 : 1);
    }

    /** The last POWERDOWNFLAG of the file, which counts. */
    static Optional<Path> flag(Path file) {
        try {
            return RootDirectives.first(RootDirectives.read(file), "POWERDOWNFLAG")
                    .map(Path::of);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
