import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Describes a distribution for runtimes that others started: {@code Features DISTRIBUTION VERSION OUT}. Writes a Maven repository
 * of its bundles, which a Karaf takes as its own, and in it a feature file of Karaf and one of OSGi's Feature Service.
 */
final class Features {
    /** What only the launcher uses, and what belongs to whoever started the runtime. */
    private static final List<String> LAUNCHER = List.of(
            "cobnut.deploy", "cobnut.solo", "cobnut.keeper", "cobnut.systemd", "cobnut.shell", "cobnut.logback", "pax-logging-logback", "org.apache.felix.fileinstall");

    /** What Karaf has. */
    private static final List<String> KARAF = List.of(
            "org.apache.felix.configadmin", "org.apache.felix.metatype",
            "org.apache.felix.gogo.command", "org.apache.felix.gogo.runtime", "pax-logging-api");

    /** What Karaf has where one of its features is there. */
    private static final List<String> SOMETIMES = List.of(
            "org.apache.felix.scr", "org.osgi.service.component", "org.osgi.util.function", "org.osgi.util.promise");

    private static final List<String> MONITOR = List.of(
            "cobnut.upsmon", "cobnut.upssched", "cobnut.notify", "cobnut.notify.mail", "cobnut.notify.webhook", "cobnut.notify.exec");

    /** The groups of the bundles in which there is none of Maven's files. */
    private static final Map<String, String> WITHOUT_COORDINATES = Map.of("asm", "org.ow2.asm", "jna", "net.java.dev.jna");

    /** A bundle by Maven's coordinates; the classifier may be empty. */
    private record Part(Path jar, String group, String artifact, String version, String classifier) {
        /** As Karaf's mvn: URLs have it. */
        String url() {
            return "mvn:%s/%s/%s".formatted(group, artifact, version) + (classifier.isEmpty() ? "" : "/jar/" + classifier);
        }

        /** As OSGi's feature files have it. */
        String id() {
            return group + ":" + artifact + ":" + (classifier.isEmpty() ? "" : "jar:" + classifier + ":") + version;
        }

        Path place(Path repository) {
            String file = artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
            return repository.resolve(group.replace('.', '/')).resolve(artifact).resolve(version).resolve(file);
        }
    }

    public static void main(String[] arguments) throws IOException {
        var distribution = Path.of(arguments[0]);
        String version = arguments[1];
        var out = Path.of(arguments[2]);
        List<Part> system = parts(distribution.resolve("system"), version);
        List<Part> drivers = parts(distribution.resolve("drivers"), version);
        for (List<Part> all : List.of(system, drivers))
            for (Part part : all) {
                Path place = part.place(out);
                Files.createDirectories(place.getParent());
                Files.copy(part.jar(), place);
            }
        Path folder = Files.createDirectories(out.resolve("org/cobnut/cobnut-features").resolve(version));
        Files.writeString(folder.resolve("cobnut-features-" + version + "-features.xml"), karaf(system, drivers, version));
        Files.writeString(folder.resolve("cobnut-features-" + version + "-osgifeature.json"), osgi(system, drivers, version));
    }

    private static String karaf(List<Part> system, List<Part> drivers, String version) {
        var text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <features name="cobnut-%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="cobnut" description="A NUT server, its drivers and links" version="%1$s">
                """.formatted(osgiVersion(version)));
        for (Part part : system) {
            if (KARAF.contains(part.artifact()) || MONITOR.contains(part.artifact())) continue;
            text.append("    <bundle%s>%s</bundle>\n"
                    .formatted(SOMETIMES.contains(part.artifact()) ? " dependency=\"true\"" : "", part.url()));
        }
        for (Part part : drivers) text.append("    <bundle start-level=\"85\">%s</bundle>\n".formatted(part.url()));
        text.append("  </feature>\n  <feature name=\"cobnut-upsmon\" description=\"Shuts this machine down in an outage\" version=\"%1$s\">\n"
                .formatted(osgiVersion(version)));
        text.append("    <feature>cobnut</feature>\n");
        for (Part part : system)
            if (MONITOR.contains(part.artifact())) text.append("    <bundle>%s</bundle>\n".formatted(part.url()));
        return text.append("  </feature>\n</features>\n").toString();
    }

    private static String osgi(List<Part> system, List<Part> drivers, String version) {
        var all = new ArrayList<String>();
        for (Part part : system) if (!MONITOR.contains(part.artifact())) all.add("    {\"id\": \"%s\"}".formatted(part.id()));
        for (Part part : drivers) all.add("    {\"id\": \"%s\"}".formatted(part.id()));
        return """
                {
                  "feature-resource-version": "1.0",
                  "id": "org.cobnut:cobnut:%s",
                  "name": "Cobnut",
                  "description": "A NUT server, its drivers and links",
                  "license": "Apache-2.0",
                  "framework-properties": {"felix.cm.pm": "cobnut", "org.osgi.framework.bsnversion": "multiple"},
                  "bundles": [
                %s
                  ]
                }
                """.formatted(version, String.join(",\n", all));
    }

    private static String osgiVersion(String version) {
        return version.replace("-SNAPSHOT", ".SNAPSHOT");
    }

    private static List<Part> parts(Path folder, String version) throws IOException {
        var parts = new ArrayList<Part>();
        try (var files = Files.list(folder)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                Part part = part(jar, version);
                if (!LAUNCHER.contains(part.artifact())) parts.add(part);
            }
        }
        return parts;
    }

    private static Part part(Path jar, String version) throws IOException {
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        if (name.startsWith("cobnut.")) return new Part(jar, "org.cobnut", name, version, "");
        for (var bare : WITHOUT_COORDINATES.entrySet())
            if (name.startsWith(bare.getKey() + "-"))
                return new Part(jar, bare.getValue(), bare.getKey(), name.substring(bare.getKey().length() + 1), "");
        try (var file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
                if (!entry.getName().matches("META-INF/maven/.*/pom\\.properties")) continue;
                var given = new Properties();
                try (var in = file.getInputStream(entry)) {
                    given.load(in);
                }
                String begin = given.getProperty("artifactId") + "-" + given.getProperty("version");
                if (!name.equals(begin) && !name.startsWith(begin + "-")) continue; // of a jar within
                String classifier = name.equals(begin) ? "" : name.substring(begin.length() + 1);
                return new Part(jar, given.getProperty("groupId"), given.getProperty("artifactId"), given.getProperty("version"), classifier);
            }
        }
        if (name.startsWith("pax-logging-logback-")) return new Part(jar, "", "pax-logging-logback", "", "");
        throw new IOException(jar + " does not say by which coordinates Maven knows it");
    }
}
