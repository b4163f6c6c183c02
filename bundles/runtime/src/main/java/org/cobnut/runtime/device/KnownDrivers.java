package org.cobnut.runtime.device;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The names of NUT's drivers, and which of our bundles offers them; for whoever named one that is not there. */
final class KnownDrivers {
    private static final String FILE = "known-drivers.txt";

    private KnownDrivers() {}

    /** What to do when nobody offers a driver. */
    static String advice(String driver, Path jars) {
        Map<String, String> known = all();
        String list = "; \"nutctl drivers\" lists the drivers that are there";
        String bundle = known.get(driver);
        if (bundle == null)
            return known.keySet().stream()
                    .filter(name -> letters(name).equals(letters(driver)))
                    .findFirst()
                    .map(name -> "NUT knows no such name, but '" + name + "'" + list)
                    .orElse("NUT knows no such name either; if a vendor's jar offers it, put that into " + jars + list);
        if (!bundle.isEmpty())
            return "it comes with Cobnut in the jar " + bundle + ", which belongs into " + jars + list;
        return "NUT has it, and this Cobnut does not: put a jar that offers it into " + jars
                + ", or run NUT's own driver for this section, which is then found on its socket" + list;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** By name the bundle, or nothing where we have none; read when it is wanted, which is seldom. */
    static Map<String, String> all() {
        var known = new TreeMap<String, String>();
        try (InputStream in = Optional.ofNullable(KnownDrivers.class.getResourceAsStream(FILE))
                        .orElseThrow(() -> new IllegalStateException(FILE + " is missing"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> {
                        String[] words = line.split(" ", 2);
                        known.put(words[0], words.length > 1 ? words[1] : "");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }
}
