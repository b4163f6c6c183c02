import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes a Maven repository of what vendors build on: {@code Repository ROOT VERSION EPOCH OUT [MODULE...]}. Every jar stands there
 * with its sources and its Javadoc; where modules are named, only these have Javadoc. The same build gives the same bytes.
 */
final class Repository {
    private static final String GROUP = "org/cobnut";
    /** Folders of what is a pom alone. */
    private static final Map<String, String> POMS = Map.of("cobnut", "", "cobnut-bom", "bundles/bom");
    /** Folders of what is a jar: what drivers and programs of others are compiled against, tested with and made from. */
    private static final Map<String, String> JARS = new LinkedHashMap<>();

    private static final LocalDateTime ALWAYS = LocalDateTime.of(2026, 1, 1, 0, 0);

    static {
        for (String name : List.of("api", "wire", "tls", "client", "table", "testkit")) JARS.put("cobnut." + name, "bundles/" + name);
        JARS.put("cobnut.table.testkit", "bundles/table-testkit");
        JARS.put("cobnut-driver-archetype", "bundles/archetype");
    }

    private final Path root;
    private final String version;
    private final String time;
    private final Path out;

    private Repository(Path root, String version, long epoch, Path out) {
        this.root = root;
        this.version = version;
        this.out = out;
        time = DateTimeFormatter.ofPattern("yyyyMMddHHmmss").format(LocalDateTime.ofEpochSecond(epoch, 0, ZoneOffset.UTC));
    }

    public static void main(String[] arguments) throws Exception {
        var repository = new Repository(
                Path.of(arguments[0]), arguments[1], Long.parseLong(arguments[2]), Path.of(arguments[3]).toAbsolutePath());
        repository.make(List.of(arguments).subList(4, arguments.length));
    }

    private void make(List<String> documented) throws Exception {
        for (var each : POMS.entrySet()) pom(each.getKey(), root.resolve(each.getValue()));
        for (var each : JARS.entrySet()) {
            Path module = root.resolve(each.getValue());
            pom(each.getKey(), module);
            Path jar = module.resolve("target/%s-%s.jar".formatted(each.getKey(), version));
            if (!Files.exists(jar)) throw new IOException(jar + " is not built");
            Files.copy(jar, file(each.getKey(), ".jar"));
            var sources = new TreeMap<String, Path>();
            collect(module.resolve("src/main/java"), sources);
            collect(module.resolve("src/main/resources"), sources);
            pack(sources, file(each.getKey(), "-sources.jar"));
            boolean code = Files.isDirectory(module.resolve("src/main/java"));
            if (code && (documented.isEmpty() || documented.contains(each.getKey()))) javadoc(each.getKey(), module, jar);
        }
        sums();
    }

    private Path file(String artifact, String end) throws IOException {
        Path folder = Files.createDirectories(out.resolve(GROUP).resolve(artifact).resolve(version));
        return folder.resolve(artifact + "-" + version + end);
    }

    private void pom(String artifact, Path module) throws IOException {
        Files.copy(module.resolve("pom.xml"), file(artifact, ".pom"));
        Files.writeString(out.resolve(GROUP).resolve(artifact).resolve("maven-metadata.xml"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <metadata>
                  <groupId>org.cobnut</groupId>
                  <artifactId>%s</artifactId>
                  <versioning>
                    <latest>%2$s</latest>
                    <versions>
                      <version>%2$s</version>
                    </versions>
                    <lastUpdated>%3$s</lastUpdated>
                  </versioning>
                </metadata>
                """.formatted(artifact, version, time));
    }

    /** Describes the packages that the bundle exports. */
    private void javadoc(String artifact, Path module, Path jar) throws Exception {
        Path pages = Files.createTempDirectory("javadoc");
        var words = new ArrayList<>(List.of(
                "-quiet", "-notimestamp", "-Xdoclint:none", "-encoding", "UTF-8", "-docencoding", "UTF-8", "--release", "17",
                "-windowtitle", artifact + " " + version, "-doctitle", artifact + " " + version, "-d", pages.toString(),
                "-classpath", path(), "-sourcepath", module.resolve("src/main/java").toString()));
        try (var file = new JarFile(jar.toFile())) {
            String exported = file.getManifest().getMainAttributes().getValue("Export-Package");
            for (String clause : exported.replaceAll("\"[^\"]*\"", "").split(",")) words.add(clause.split(";")[0].strip());
        }
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = ToolProvider.findFirst("javadoc")
                .orElseThrow(() -> new IOException("this Java has no javadoc; a JDK has"))
                .run(stream, stream, words.toArray(String[]::new));
        if (code != 0) throw new IOException("javadoc of " + artifact + " fails: " + said.toString(StandardCharsets.UTF_8));
        var files = new TreeMap<String, Path>();
        collect(pages, files);
        pack(files, file(artifact, "-javadoc.jar"));
        delete(pages);
    }

    /** Our jars, and those that run/pom.xml copies for this. */
    private String path() throws IOException {
        var jars = new ArrayList<String>();
        for (var each : JARS.entrySet())
            jars.add(root.resolve(each.getValue()).resolve("target/%s-%s.jar".formatted(each.getKey(), version)).toString());
        try (var files = Files.newDirectoryStream(root.resolve("run/target/javadoc"), "*.jar")) {
            for (Path file : files) jars.add(file.toString());
        }
        return String.join(java.io.File.pathSeparator, jars);
    }

    private static void collect(Path folder, Map<String, Path> into) throws IOException {
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> into.put(folder.relativize(file).toString(), file));
        }
    }

    private static void pack(Map<String, Path> files, Path jar) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(jar);
                var zip = new ZipOutputStream(bytes)) {
            for (var each : files.entrySet()) {
                var entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(ALWAYS);
                zip.putNextEntry(entry);
                Files.copy(each.getValue(), zip);
                zip.closeEntry();
            }
        }
    }

    /** As Maven looks for them beside each file. */
    private void sums() throws IOException, NoSuchAlgorithmException {
        var files = new TreeMap<String, Path>();
        collect(out, files);
        for (Path file : files.values()) {
            byte[] bytes = Files.readAllBytes(file);
            for (var each : Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256").entrySet())
                Files.writeString(
                        file.resolveSibling(file.getFileName() + "." + each.getKey()),
                        HexFormat.of().formatHex(MessageDigest.getInstance(each.getValue()).digest(bytes)));
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException failure) throws IOException {
                Files.delete(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
