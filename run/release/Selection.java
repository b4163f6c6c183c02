import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Leaves in a distribution the bundles that a bndrun lists: {@code Selection BNDRUN DISTRIBUTION [JAR...]}. Jars that are given come
 * into the folder of drivers, and fragments beside their host. Fails when a bundle of the list is nowhere.
 */
final class Selection {
    private static final List<String> FOLDERS = List.of("system", "drivers", "console");
    /** As bnd reads it: the list itself, and what -runbundles.MORE adds; a line that ends with a backslash goes on. */
    private static final Pattern LIST = Pattern.compile("(?m)^-runbundles(\\.\\w+)?\\s*[:=]((?:[^\\n]*\\\\\n)*[^\\n]*)");
    private static final Pattern LISTED = Pattern.compile("(?:^|,)[\\s\\\\]*([A-Za-z0-9._-]+)");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern INCLUDE = Pattern.compile("(?m)^-include\\s*[:=]\\s*[~-]?(\\S+)");

    public static void main(String[] arguments) throws IOException {
        var home = Path.of(arguments[1]);
        Set<String> wanted = listed(Path.of(arguments[0]));
        if (wanted.isEmpty()) throw new IOException(arguments[0] + " has no -runbundles; it is not resolved");
        for (String jar : List.of(arguments).subList(2, arguments.length)) add(Path.of(jar), home);
        Map<String, Path> found = found(home);
        for (var each : found.entrySet()) if (!wanted.contains(each.getKey())) Files.delete(each.getValue());
        wanted.removeAll(found.keySet());
        if (!wanted.isEmpty())
            throw new IOException(arguments[0] + " lists what is neither built here nor given: " + String.join(", ", wanted));
    }

    /** The names on the list of a bndrun; a list of its own takes the place of one that it includes. */
    private static Set<String> listed(Path run) throws IOException {
        String text = Files.readString(run);
        Set<String> names = new LinkedHashSet<>();
        Set<String> more = new LinkedHashSet<>();
        LIST.matcher(text).results().forEach(list -> {
            String clauses = QUOTED.matcher(list.group(2)).replaceAll("");
            LISTED.matcher(clauses).results().forEach(name -> (list.group(1) == null ? names : more).add(name.group(1)));
        });
        var include = INCLUDE.matcher(text);
        if (names.isEmpty() && include.find()) names.addAll(listed(run.toAbsolutePath().resolveSibling(include.group(1))));
        names.addAll(more);
        return names;
    }

    private static Map<String, Path> found(Path home) throws IOException {
        Map<String, Path> found = new TreeMap<>();
        for (String folder : FOLDERS)
            try (var files = Files.newDirectoryStream(home.resolve(folder), "*.jar")) {
                for (Path file : files) found.put(name(file), file);
            }
        return found;
    }

    private static void add(Path jar, Path home) throws IOException {
        String host = header(jar, "Fragment-Host");
        Path beside = host.isEmpty() ? null : found(home).get(host);
        if (!host.isEmpty() && beside == null) throw new IOException(jar + " belongs to " + host + ", which is not built here");
        Path folder = beside == null ? home.resolve("drivers") : beside.getParent();
        Files.copy(jar, folder.resolve(name(jar) + ".jar"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String name(Path jar) throws IOException {
        String name = header(jar, "Bundle-SymbolicName");
        if (name.isEmpty()) throw new IOException(jar + " is no bundle");
        return name;
    }

    /** The name that a header begins with; empty for none. */
    private static String header(Path jar, String header) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            String value = file.getManifest() == null ? null : file.getManifest().getMainAttributes().getValue(header);
            return value == null ? "" : value.replaceFirst(";.*", "").strip();
        }
    }
}
