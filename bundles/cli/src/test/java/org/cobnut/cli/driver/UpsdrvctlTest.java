package org.cobnut.cli.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cobnut.cli.Run;
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
    void inTheForegroundADriverThatEndsBadlyIsAFailure() throws IOException {
        Path driver = Files.writeString(directory.resolve("some-driver"), "#!/bin/sh\n[ \"$2\" = good ]\n");
        assertThat(driver.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                directory.resolve("ups.conf"),
                "driverpath = %s%n[good]%ndriver = some-driver%n[bad]%ndriver = some-driver%n".formatted(directory));
        var environment = Map.of("NUT_CONFPATH", directory.toString());
        assertThat(Run.typing("", environment, "upsdrvctl", "-F", "start", "good")
                        .status())
                .isZero();
        assertThat(Run.typing("", environment, "upsdrvctl", "-FF", "start", "bad")
                        .status())
                .isEqualTo(1);
    }

    @Test
    void readsTheFileOfTheJailThatDriversLiveIn() throws IOException {
        Path inside = Files.createDirectories(directory.resolve("etc/nut"));
        Files.writeString(inside.resolve("ups.conf"), "[inside]\ndriver = dummy-ups\n");
        var environment = Map.of("NUT_CONFPATH", "/etc/nut");
        assertThat(Run.typing("", environment, "upsdrvctl", "-r", directory.toString(), "list")
                        .out())
                .endsWith("inside\n");
    }

    @Test
    void dumpsWhatTheDriverSaysOnItsSocket() throws Exception {
        Files.writeString(directory.resolve("ups.conf"), "[first]\ndriver = dummy-ups\nport = a.dev\n");
        var environment = Map.of("NUT_CONFPATH", directory.toString(), "NUT_STATEPATH", directory.toString());
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(directory.resolve("dummy-ups-first")));
            var driver = CompletableFuture.runAsync(() -> answer(server));
            var run = Run.typing("", environment, "upsdrvctl", "-c", "dump", "first");
            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).endsWith("device.mfr: Q\"s\nups.status: OL CHRG\n");
            driver.get(20, TimeUnit.SECONDS);
        }
        var nobody = Run.typing("", environment, "upsdrvctl", "-c", "dump");
        assertThat(nobody.status()).isEqualTo(1);
        assertThat(nobody.err()).contains("The driver of first does not answer");
    }

    private static void answer(ServerSocketChannel server) {
        try (var peer = server.accept()) {
            String said = """
                    SETINFO device.mfr "Q\\"s"
                    SETINFO ups.status "OL CHRG"
                    ADDCMD load.off
                    DUMPDONE
                    """;
            var bytes = StandardCharsets.US_ASCII.encode(said);
            while (bytes.hasRemaining()) peer.write(bytes);
            while (peer.read(ByteBuffer.allocate(256)) > 0) {} // until it hangs up
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
