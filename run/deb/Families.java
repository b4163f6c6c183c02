import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.cobnut.launcher.program.DriverJar;

/**
 * Prints a line for each driver bundle of a folder, for the packages that are made of them: its jar, its family, what it
 * says of itself and its programs, with tabs between.
 */
final class Families {
    private static final String PREFIX = "cobnut.drivers.";

    public static void main(String[] arguments) throws IOException {
        for (Path jar : DriverJar.jars(Path.of(arguments[0]))) {
            var programs = new TreeSet<String>();
            for (String component : DriverJar.components(jar)) programs.addAll(DriverJar.names(component));
            String description;
            try (var file = new JarFile(jar.toFile())) {
                description = file.getManifest().getMainAttributes().getValue("Bundle-Description");
            }
            String name = DriverJar.symbolicName(jar);
            if (!name.startsWith(PREFIX) || description == null || programs.isEmpty())
                throw new IOException(jar + " is no driver bundle of ours, or has no driver or no Bundle-Description");
            System.out.println(String.join(
                    "\t", jar.getFileName().toString(), name.substring(PREFIX.length()), description, String.join(" ", programs)));
        }
    }

    private Families() {}
}
