package org.cobnut.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What nut.conf says to whoever starts things: shell assignments without expansion. It is read here, and not through
 * Configuration Admin, because it decides whether there will be a framework at all.
 */
record NutConf(Map<String, String> values) {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s#;]*)).*");

    NutConf {
        values = Map.copyOf(values);
    }

    /** The file in that directory; a file that is not there says nothing. */
    static NutConf in(Path directory) throws StartException {
        var file = directory.resolve("nut.conf");
        if (!Files.exists(file)) {
            return new NutConf(Map.of());
        }
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new StartException("cannot read " + file);
        }
    }

    static NutConf parse(String text) {
        var values = new TreeMap<String, String>();
        text.lines().map(ASSIGNMENT::matcher).filter(m -> m.matches()).forEach(m -> {
            for (int group = 2; group <= 4; group++) {
                if (m.group(group) != null) {
                    values.put(m.group(1), m.group(group));
                }
            }
        });
        return new NutConf(values);
    }

    /** Refuses a start that MODE does not want; no MODE, or one we do not know the limits of, wants everything. */
    void check() throws StartException {
        switch (values.getOrDefault("MODE", "")) {
            case "none" -> throw new StartException("MODE=none in nut.conf: nothing is to run on this machine");
            default -> {}
        }
    }

    /** Whether only signed bundles run here. A word that is no truth value locks, too: a slip must not open. */
    boolean locked() {
        return !values.getOrDefault("COBNUT_LOCKED", "")
                .toLowerCase(Locale.ROOT)
                .matches("|false|off|no|0");
    }

    /** Whether only upsmon is to run here. */
    boolean client() {
        return values.getOrDefault("MODE", "").equals("netclient");
    }

    /** NUT_DEBUG_LEVEL of the environment, else of the file, else 0. */
    int debugLevel(Map<String, String> environment) {
        var text = environment.getOrDefault("NUT_DEBUG_LEVEL", values.getOrDefault("NUT_DEBUG_LEVEL", "0"));
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
