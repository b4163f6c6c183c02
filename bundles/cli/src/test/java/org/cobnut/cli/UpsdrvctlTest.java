package org.cobnut.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpsdrvctlTest {
    private static final String THREE = """
            maxretry = 3
            nowait
            [first]
                driver = dummy-ups
                port = a.dev
                sdorder = 2
            [never]
                driver = dummy-ups
                port = b.dev
                sdorder = -1
            [last]
                driver = "usbhid-ups"   # a comment
                port = auto
                maxretry = 1
            """;

    @TempDir
    private Path directory;

    @Test
    void readsSectionsOverTheLinesBeforeThem() {
        var conf = UpsConf.parse(THREE);
        assertThat(conf.flag("nowait")).isTrue();
        assertThat(conf.sections()).extracting(UpsConf.Section::name).containsExactly("first", "never", "last");
        assertThat(conf.sections().get(0).number("maxretry", 1)).isEqualTo(3);
        assertThat(conf.sections().get(2).number("maxretry", 9)).isEqualTo(1);
        assertThat(conf.sections().get(2).stem()).isEqualTo("usbhid-ups-last");
    }

    @Test
    void switchesOffInOrderAndNeverWhatIsExcluded() {
        assertThat(Upsdrvctl.byOrder(UpsConf.parse(THREE).sections()))
                .extracting(UpsConf.Section::name)
                .containsExactly("last", "first");
    }

    @Test
    void findsOurProgramsBeforeNuts() throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        Path ours = Files.writeString(directory.resolve("bin/some-driver"), "");
        assertThat(ours.toFile().setExecutable(true)).isTrue();
        assertThat(new DriverPath(Optional.empty(), directory).program("some-driver"))
                .isEqualTo(ours);
        assertThat(new DriverPath(Optional.of("/else/where"), directory).program("some-driver"))
                .isEqualTo(Path.of("/else/where/some-driver"));
    }

    @Test
    void saysWhatItWouldStart() throws IOException {
        Files.writeString(directory.resolve("ups.conf"), THREE);
        var run = Run.typing(
                "", Map.of("NUT_CONFPATH", directory.toString()), "upsdrvctl", "-t", "-u", "nobody", "start", "first");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("dummy-ups -a first -u nobody");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        Files.writeString(directory.resolve("ups.conf"), THREE);
        var environment = Map.of("NUT_CONFPATH", directory.toString());
        assertThat(Run.typing("", environment, "upsdrvctl", "start", "nosuch").err())
                .contains("UPS nosuch not found in ups.conf");
        assertThat(Run.typing("", environment, "upsdrvctl", "bogus").status()).isEqualTo(1);
        assertThat(Run.typing("", environment, "upsdrvctl", "-c", "dance").status())
                .isEqualTo(1);
        assertThat(Run.typing("", environment, "upsdrvctl", "list").out()).endsWith("first\nnever\nlast\n");
    }
}
