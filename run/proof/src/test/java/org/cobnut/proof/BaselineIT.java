package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The comparison with the baseline that each build makes, over copies of what we export that are changed on purpose. */
@Timeout(120)
class BaselineIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path API = ROOT.resolve("target/cobnut/system/cobnut.api.jar");
    private static final String MODEL = "org.cobnut.model;version=\"";

    @TempDir
    private Path dir;

    @Test
    void eachChangeWantsTheVersionThatTellsOfIt() throws Exception {
        // Beside itself: beside the last release, its versions may tell of some changes already.
        Files.copy(API, Files.createDirectories(dir.resolve("baseline")).resolve("cobnut.api.jar"));
        Path broken = Files.copy(API, dir.resolve("cobnut.api.jar"));
        try (FileSystem jar = FileSystems.newFileSystem(broken)) {
            Files.delete(jar.getPath("org/cobnut/model/Names.class"));
            // One that every vendor would have to write, and one that only we have to.
            addMethod(jar, "org/cobnut/driver/Driver.java");
            addMethod(jar, "org/cobnut/scan/ScanReport.java");
        }
        assertThat(check(broken))
                .containsPattern(
                        "api\\.jar: package org\\.cobnut\\.model has version \\S+ and must have \\d+\\.0\\.0 or higher")
                .contains("removed: package org.cobnut.model, class org.cobnut.model.Names")
                .containsPattern("package org\\.cobnut\\.driver has version \\S+ and must have \\d+\\.0\\.0 or higher")
                .containsPattern(
                        "package org\\.cobnut\\.scan has version \\S+ and must have \\d+\\.[1-9]\\d*\\.0 or higher")
                .contains("more()")
                .contains("CONTRIBUTING.md");
        nextMajor(broken);
        assertThat(check(broken)).doesNotContain("package org.cobnut.model").contains("package org.cobnut.driver");
    }

    /** What the comparison says; empty when it ends well. */
    private String check(Path jar) throws Exception {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                ROOT.resolve("run/target/baseline") + "/*",
                ROOT.resolve("run/release/Baseline.java").toString(),
                "check",
                dir.resolve("baseline").toString(),
                jar.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(said.isEmpty() ? 0 : 1);
        return said;
    }

    /** Puts an interface with one method more than its source into a jar. */
    private void addMethod(FileSystem jar, String source) throws IOException {
        String text = Files.readString(ROOT.resolve("bundles/api/src/main/java").resolve(source));
        Path changed = dir.resolve(source);
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, text.substring(0, text.lastIndexOf('}')) + "    void more();\n}\n");
        Path classes = Files.createDirectories(dir.resolve("classes"));
        String path = API + System.getProperty("path.separator") + System.getProperty("java.class.path");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", path, "-d", classes.toString(), changed.toString());
        assertThat(failed).isZero();
        String name = source.replace(".java", ".class");
        Files.write(jar.getPath(name), Files.readAllBytes(classes.resolve(name)));
    }

    private static void nextMajor(Path broken) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(broken)) {
            Path file = jar.getPath("META-INF/MANIFEST.MF");
            var manifest = new Manifest(new ByteArrayInputStream(Files.readAllBytes(file)));
            String text = manifest.getMainAttributes().getValue("Export-Package");
            int major = text.indexOf(MODEL) + MODEL.length();
            assertThat(text).contains(MODEL);
            String version = text.substring(major, text.indexOf('"', major));
            int next = Integer.parseInt(version.substring(0, version.indexOf('.'))) + 1;
            manifest.getMainAttributes()
                    .putValue("Export-Package", text.replace(MODEL + version, MODEL + next + ".0.0"));
            var bytes = new ByteArrayOutputStream();
            manifest.write(bytes);
            Files.write(file, bytes.toByteArray());
        }
    }
}
