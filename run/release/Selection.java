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
 * into the folder of drivers. Fails when a bundle of the list is nowhere.
 */
final class Selection {
    private static final Pattern LISTED = Pattern.compile("(?m)^\\s+([A-Za-z0-9._-]+);version=");

    public static void main(String[] arguments) throws IOException {
        String run = Files.readString(Path.of(arguments[0]));
        int list = run.indexOf("\n-runbundles:");
        if (list < 0) throw new IOException(arguments[0] + " has no -runbundles; it is not resolved");
        Set<String> wanted = new LinkedHashSet<>();
        LISTED.matcher(run.substring(list)).results().forEach(found -> wanted.add(found.group(1)));
        var home = Path.of(arguments[1]);
        for (String jar : List.of(arguments).subList(2, arguments.length)) {
            Path file = Path.of(jar);
            Files.copy(file, home.resolve("drivers").resolve(name(file) + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
        Map<String, Path> found = new TreeMap<>();
        for (String folder : List.of("system", "drivers", "console"))
            try (var files = Files.newDirectoryStream(home.resolve(folder), "*.jar")) {
                for (Path file : files) found.put(name(file), file);
            }
        for (var each : found.entrySet()) if (!wanted.contains(each.getKey())) Files.delete(each.getValue());
        wanted.removeAll(found.keySet());
        if (!wanted.isEmpty())
            throw new IOException(arguments[0] + " lists what is not built here: " + String.join(", ", wanted));
    }

    private static String name(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            String name = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
            if (name == null) throw new IOException(jar + " is no bundle");
            return name.replaceFirst(";.*", "").strip();
        }
    }
}
