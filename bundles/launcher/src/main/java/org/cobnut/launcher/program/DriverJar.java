package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.launcher.process.StartException;
import org.cobnut.wire.ErrorText;

/** Lists the jars of a directory, and NUT's drivers that their components declare. */
public final class DriverJar {
    // The properties of org.cobnut.driver.Driver, as bnd writes them.
    private static final Pattern NAME =
            Pattern.compile("<property\\s+name=\"driver\\.name\"[^>]*\\bvalue=\"([^\"/]+)\"");

    private static final Pattern RANKING =
            Pattern.compile("<property\\s+name=\"service\\.ranking\"[^>]*\\bvalue=\"\\s*([-+]?\\d{1,9})\\s*\"");

    private static final Pattern CLASS = Pattern.compile("<implementation\\s+class=\"([^\"]+)\"");

    private static final long MAX_MANIFEST = 1 << 21;

    private DriverJar() {}

    /** Prints the names of the jars of a directory, each in a line with its drivers, for {@code lib/drivers.list}. */
    public static void main(String[] arguments) throws IOException {
        for (var jar : jars(Path.of(arguments[0])))
            System.out.println(jar.getFileName() + " " + String.join(" ", names(jar)));
    }

    /** The jar that has that driver; of several, the one whose {@code service.ranking} is the highest, as in the framework. */
    public static Optional<Path> of(String driver, Path directory) throws StartException {
        try {
            Path best = null;
            int highest = 0;
            for (var jar : jars(directory)) {
                for (var component : components(jar)) {
                    if (!names(component).contains(driver)) continue;
                    int ranking = ranking(component);
                    if (best != null && ranking <= highest) continue;
                    best = jar;
                    highest = ranking;
                }
            }
            return Optional.ofNullable(best);
        } catch (IOException e) {
            throw new StartException("cannot read the drivers in " + directory + ": " + ErrorText.withFile(e));
        }
    }

    public static String symbolicName(Path jar) throws IOException {
        var name = header(jar, "Bundle-SymbolicName");
        return name.contains(";") ? name.substring(0, name.indexOf(';')).strip() : name;
    }

    private static String header(Path jar, String name) throws IOException {
        try (var file = new JarFile(jar.toFile(), false)) {
            // A manifest larger than any program's memory must not keep the other drivers from being found.
            var entry = file.getEntry(JarFile.MANIFEST_NAME);
            if (entry != null && entry.getSize() > MAX_MANIFEST) return "";
            var manifest = file.getManifest();
            var value = manifest == null ? null : manifest.getMainAttributes().getValue(name);
            return value == null ? "" : value;
        }
    }

    /** The class that is that driver. */
    public static String implementation(Path jar, String driver) throws IOException {
        for (var component : components(jar)) {
            var type = CLASS.matcher(component);
            if (names(component).contains(driver) && type.find()) return type.group(1);
        }
        throw new IOException(jar + " has no driver " + driver);
    }

    private static Set<String> names(Path jar) throws IOException {
        var names = new TreeSet<String>();
        for (var component : components(jar)) names.addAll(names(component));
        return names;
    }

    public static Set<String> names(String component) {
        return NAME.matcher(component).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static int ranking(String component) {
        var ranking = RANKING.matcher(component);
        return ranking.find() ? Integer.parseInt(ranking.group(1)) : 0;
    }

    /** The descriptions of the bundle's components, as XML. */
    public static List<String> components(Path jar) throws IOException {
        var texts = new ArrayList<String>();
        try (var file = new JarFile(jar.toFile(), false)) {
            for (var component : header(jar, "Service-Component").split("\\s*,\\s*", -1)) {
                var entry = file.getEntry(component);
                if (entry == null) continue;
                try (var in = file.getInputStream(entry)) {
                    texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }

    public static List<Path> jars(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
