package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.testkit.Distribution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lib/archive has written, seen by what Java says of where each class comes from. */
class ArchiveIT {
    private static final String DEFAULT = " source: shared objects file";
    private static final String OURS = DEFAULT + " (top)";

    @TempDir
    private Path directory;

    private Path classes;
    private Map<String, String> environment;
    private Distribution elsewhere;

    @BeforeEach
    void prepare() throws Exception {
        classes = directory.resolve("classes");
        // Unlike JAVA_TOOL_OPTIONS these come behind what the programs themselves tell Java.
        environment = Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes + ":none");
        elsewhere = Distribution.planted(directory, environment);
    }

    @AfterEach
    void uproot() throws Exception {
        elsewhere.uproot();
    }

    @Test
    void bundlesAndProgramsComeOutOfIt() throws Exception {
        int port = Distribution.freePort();
        var cobnut = configured(new Distribution(directory, environment), port);
        try (var run = cobnut.start("cobnut", "run")) {
            run.awaitLine(line -> line.contains("Connected to UPS [demo]"));
            assertThat(classes)
                    .content()
                    .contains(
                            "org.apache.felix.framework.Felix" + OURS,
                            "org.apache.felix.scr.impl.Activator" + OURS,
                            "org.cobnut.upsd.Upsd" + OURS,
                            "org.cobnut.drivers.sim.DummyUps" + OURS);
            Files.delete(classes);
            try (var upsc = cobnut.start("upsc", "demo@127.0.0.1:" + port, "ups.status")) {
                assertThat(upsc.awaitEnd()).contains("OL");
            }
            assertThat(classes).content().contains("org.cobnut.wire.Lexer" + OURS);
        }
    }

    /** Where it does not fit, Java's own archive serves still. */
    @Test
    void elsewhereNobodyHearsOfIt() throws Exception {
        int port = Distribution.freePort();
        try (var run = configured(elsewhere, port).start("cobnut", "run")) {
            run.awaitLine(line -> line.contains("Connected to UPS [demo]"));
            assertThat(classes)
                    .content()
                    .contains("java.lang.String" + DEFAULT)
                    .contains("org.cobnut.upsd.Upsd source: file:");
            run.process().destroy();
            assertThat(run.awaitEnd()).noneMatch(line -> line.contains("archive"));
        }
    }

    private static Distribution configured(Distribution cobnut, int port) throws Exception {
        return cobnut.file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\n")
                .file("upsd.users", "")
                .file("ups.conf", "[demo]\ndriver = dummy-ups\nport = demo.dev\n")
                .file("demo.dev", "ups.status: OL\n");
    }
}
