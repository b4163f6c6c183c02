package org.cobnut.upsmon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.wire.Lexer;

/** {@code upsmon -K}, for scripts at the end of a shutdown: whether POWERDOWNFLAG orders the power-off. No framework. */
public final class KillFlag {
    private KillFlag() {}

    /** Exits 0 when it does, else 1. The argument is where upsmon.conf lies. */
    public static void main(String[] args) {
        Path file = Path.of(args.length > 0 ? args[0] : "/etc/nut", "upsmon.conf");
        Optional<Path> flag = flag(file);
        boolean set = flag.filter(Flag::set).isPresent();
        System.err.println(flag.map(path -> "Power down flag %s is %s".formatted(path, set ? "set" : "not set"))
                .orElse("Power down flag is not configured in " + file));
        System.exit(set ? 0 : 1);
    }

    /** The last POWERDOWNFLAG of the file, which counts. */
    static Optional<Path> flag(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return Orders.last(Lexer.lines(text), "POWERDOWNFLAG").map(words -> Path.of(words.get(0)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
