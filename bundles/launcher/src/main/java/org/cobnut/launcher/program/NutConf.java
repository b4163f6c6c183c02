package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;
import org.cobnut.launcher.process.StartException;
import org.cobnut.wire.ErrorText;

/**
 * Reads nut.conf before the framework starts, because this file decides whether there will be a framework at all;
 * Configuration Admin does not exist yet.
 */
public record NutConf(Map<String, String> values) {
    private static final String LOCKED = "COBNUT_LOCKED";
    private static final Pattern TELLS_OF_A_LOCK =
            Pattern.compile("\\s*(?:export\\s+)?" + LOCKED + "\\b.*", Pattern.DOTALL);

    public NutConf {
        values = Map.copyOf(values);
    }

    /** The file in that directory; a file that is not there says nothing. */
    public static NutConf in(Path directory) throws StartException {
        var file = directory.resolve("nut.conf");
        if (!Files.exists(file)) {
            return new NutConf(Map.of());
        }
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new StartException("cannot read %s: %s".formatted(file, ErrorText.of(e)));
        }
    }

    static NutConf parse(String text) {
        var values = new TreeMap<String, String>();
        for (LogicalLine line : LineSyntax.SHELL.split("nut.conf", text.getBytes(StandardCharsets.ISO_8859_1))) {
            if (!line.words().isEmpty()) values.put(line.key(), line.words().get(2));
            // A slip must not open: what is meant for a lock and cannot be read is no word that unlocks.
            else if (TELLS_OF_A_LOCK.matcher(line.raw()).matches()
                    && !line.faults().isEmpty()) values.put(LOCKED, "a line in error");
        }
        return new NutConf(values);
    }

    /** Refuses a start that MODE does not want; no MODE, or one we do not know the limits of, wants everything. */
    public void check() throws StartException {
        switch (values.getOrDefault("MODE", "")) {
            case "none" -> throw new StartException("MODE=none in nut.conf: nothing is to run on this machine");
            default -> {}
        }
    }

    /** Tells whether only signed bundles run here. A word that is no truth value locks, too: a slip must not open. */
    public boolean locked() {
        return !values.getOrDefault(LOCKED, "").toLowerCase(Locale.ROOT).matches("|false|off|no|0");
    }

    /** Tells whether only upsmon is to run here. */
    public boolean client() {
        return values.getOrDefault("MODE", "").equals("netclient");
    }

    /** NUT_DEBUG_LEVEL of the environment, else of the file, else 0. */
    public int debugLevel(Map<String, String> environment) {
        var text = environment.getOrDefault("NUT_DEBUG_LEVEL", values.getOrDefault("NUT_DEBUG_LEVEL", "0"));
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
