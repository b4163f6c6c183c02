package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.cobnut.testkit.Distribution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lib/archive has written, seen by what Java says of where each class comes from. */
class ArchiveIT {
    private static final String JAVAS = "shared objects file";
    private static final String OURS = JAVAS + " (top)";

    @TempDir
    private Path directory;

    private Path classes;
    private Map<String, String> environment;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        port = Distribution.freePort();
        classes = directory.resolve("classes");
        // Unlike JAVA_TOOL_OPTIONS these come behind what the programs themselves tell Java.
        environment = Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes + ":none");
    }

    @Test
    void bundlesAndProgramsComeOutOfIt() throws Exception {
        var cobnut = configured(new Distribution(directory, environment));
        try (var run = cobnut.start("cobnut", "run")) {
            run.awaitLine(line -> line.contains("Connected to UPS [demo]"));
            assertThat(source("org.apache.felix.framework.Felix")).isEqualTo(OURS);
            assertThat(source("org.apache.felix.scr.impl.Activator")).isEqualTo(OURS);
            assertThat(source("org.cobnut.upsd.Upsd")).isEqualTo(OURS);
            assertThat(source("org.cobnut.drivers.sim.DummyUps")).isEqualTo(OURS);
            Files.delete(classes);
            try (var upsc = cobnut.start("upsc", "demo@127.0.0.1:" + port, "ups.status")) {
                assertThat(upsc.awaitEnd()).contains("OL");
            }
            assertThat(source("org.cobnut.wire.Lexer")).isEqualTo(OURS);
        }
    }

    /** Where it does not fit, Java's own serves still. */
    @Test
    void elsewhereNobodyHearsOfIt() throws Exception {
        var elsewhere = configured(Distribution.planted(directory, environment));
        try {
            move(elsewhere.drivers().resolveSibling("lib"));
            try (var run = elsewhere.start("cobnut", "run")) {
                run.awaitLine(line -> line.contains("Connected to UPS [demo]"));
                assertThat(source("java.lang.String")).isEqualTo(JAVAS);
                assertThat(source("org.cobnut.upsd.Upsd")).startsWith("file:");
                run.process().destroy();
                assertThat(run.awaitEnd()).noneMatch(line -> line.contains("archive"));
            }
        } finally {
            elsewhere.uproot();
        }
    }

    /** Makes of a link to a directory one to a copy of it. */
    private void move(Path link) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (var files = Files.list(link)) {
            for (Path file : files.toList())
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.delete(link);
        Files.createSymbolicLink(link, copy);
    }

    private String source(String type) throws IOException {
        String begin = type + " source: ";
        try (var lines = Files.lines(classes)) {
            return lines.filter(line -> line.startsWith(begin))
                    .map(line -> line.substring(begin.length()))
                    .findFirst()
                    .orElse("nowhere");
        }
    }

    private Distribution configured(Distribution cobnut) throws IOException {
        return cobnut.file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "")
                .file("ups.conf", "[demo]\ndriver = dummy-ups\nport = demo.dev\n")
                .file("demo.dev", "ups.status: OL\n");
    }
}
