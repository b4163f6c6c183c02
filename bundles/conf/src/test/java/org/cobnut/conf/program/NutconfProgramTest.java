package org.cobnut.conf.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.cobnut.conf.check.CheckProgram;
import org.cobnut.conf.text.FileStore;
import org.cobnut.wire.Version;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NutconfProgramTest {
    @TempDir
    Path dir;

    @BeforeEach
    void write() throws IOException {
        write("nut.conf", "# How\nMODE=none   # nothing yet\n");
        write("upsd.conf", "# Where\nLISTEN 127.0.0.1\nMAXAGE 20\n");
        write("ups.conf", "maxretry = 3\n# The old one\n[old]\n\tdriver = dummy-ups\n\tport = old.dev\n# The end\n");
        write("upsd.users", "[admin]\n\tpassword = secret\n");
        write("upsmon.conf", "# Whom\nMONITOR a@b 1 u p primary\nNOTIFYFLAG ONBATT SYSLOG+WALL\nunknown line\n");
    }

    @Test
    void replacesEveryPartOfADeviceWhoseHeadStandsTwice() throws IOException {
        write("ups.conf", "[old]\ndriver = a\nport = b\n# mine\n[old]\ndesc = x\n");
        run("--set-device", "new", "dummy-ups", "n.dev");
        assertThat(text("ups.conf")).isEqualTo("# mine\n\n[new]\n\tdriver = dummy-ups\n\tport = n.dev\n");
    }

    @Test
    void tellsAndSetsTheMode() throws IOException {
        assertThat(new NutconfProgram(dir).run("--is-configured")).isFalse();
        run("--set-mode", "standalone");
        assertThat(new NutconfProgram(dir).run("--is-configured")).isTrue();
        assertThat(run("--get-mode")).isEqualTo("standalone\n");
        assertThat(text("nut.conf")).isEqualTo("# How\nMODE=standalone   # nothing yet\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--get-mode extra",
                "--is-configured extra",
                "--set-mode none extra",
                "--set-shutdowncmd /sbin/poweroff extra",
                "--set-notifymsg ONBATT text extra",
                "--help extra"
            })
    void namesAWordTooMany(String line) throws IOException {
        String before = text("nut.conf");
        String upsmon = text("upsmon.conf");
        assertThatThrownBy(() -> run(line.split(" ")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unexpected word \"extra\"");
        assertThat(text("nut.conf")).isEqualTo(before);
        assertThat(text("upsmon.conf")).isEqualTo(upsmon);
        assertThat(CheckProgram.wrong(List.of(dir.toString(), "extra"))).contains("\"extra\"");
        assertThat(CheckProgram.wrong(List.of("--help"))).contains("--help");
        assertThat(CheckProgram.wrong(List.of(dir.toString()))).isEmpty();
    }

    @Test
    void whoOnlyAsksCreatesNoFile() throws IOException {
        Files.deleteIfExists(dir.resolve("nut.conf"));
        assertThat(run("--get-mode")).isEqualTo("none\n");
        assertThat(dir.resolve("nut.conf")).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path absent = dir.resolve("absent");
        assertThatThrownBy(() -> new NutconfProgram(absent).run("--set-mode", "standalone"))
                .isInstanceOfSatisfying(IOException.class, failure -> assertThat(FileStore.told(failure))
                        .isEqualTo(absent + ": no such directory"));
    }

    @Test
    void tellsItsVersion() throws IOException {
        assertThat(run("-V")).isEqualTo(Version.of("nutconf") + "\n").isEqualTo(run("--version"));
    }

    @Test
    void setTakesThePlaceOfAllAndAddLeavesThem() throws IOException {
        run("--add-listen", "::1", "3494");
        assertThat(text("upsd.conf")).isEqualTo("# Where\nLISTEN 127.0.0.1\nLISTEN ::1 3494\nMAXAGE 20\n");
        run("--set-listen", "10.0.0.1", "--set-listen", "10.0.0.2", "77");
        assertThat(text("upsd.conf")).isEqualTo("# Where\nLISTEN 10.0.0.1\nLISTEN 10.0.0.2 77\nMAXAGE 20\n");
    }

    @Test
    void addsAndSetsDevices() throws IOException {
        run("--add-device", "new", "nutdrv_qx", "/dev/ttyS0", "desc=two words", "nolock");
        assertThat(text("ups.conf"))
                .startsWith("maxretry = 3\n# The old one\n[old]\n")
                .endsWith(
                        "# The end\n\n[new]\n\tdriver = nutdrv_qx\n\tport = /dev/ttyS0\n\tdesc = \"two words\"\n\tnolock\n");
        run("--set-device", "only", "dummy-ups", "x.dev");
        assertThat(text("ups.conf"))
                .startsWith("maxretry = 3\n# The old one\n# The end\n")
                .endsWith("[only]\n\tdriver = dummy-ups\n\tport = x.dev\n")
                .doesNotContain("[old]")
                .doesNotContain("[new]");
    }

    @Test
    void addsUsersInBothForms() throws IOException {
        run(
                "--add-user",
                "upsmon=master",
                "password=a b",
                "--add-user",
                "op",
                "password=x",
                "instcmds=ALL",
                "actions=SET");
        assertThat(text("upsd.users")).isEqualTo("""
                        [admin]
                        	password = secret

                        [upsmon]
                        	password = "a b"
                        	upsmon primary

                        [op]
                        	password = x
                        	instcmds = ALL
                        	actions = SET
                        """);
    }

    @Test
    void writesWhatUpsmonDoes() throws IOException {
        run("--add-monitor", "ups", "box:3494", "2", "me", "s#1", "slave", "--set-shutdowncmd", "/sbin/shutdown -h +0");
        run(
                "--add-notifyflags",
                "ONBATT",
                "EXEC",
                "--set-notifyflags",
                "ONLINE",
                "IGNORE",
                "--set-notifymsg",
                "FSD",
                "It goes");
        assertThat(text("upsmon.conf")).isEqualTo("""
                        # Whom
                        MONITOR a@b 1 u p primary
                        MONITOR ups@box:3494 2 me "s\\#1" secondary
                        NOTIFYFLAG ONBATT SYSLOG+WALL+EXEC
                        NOTIFYFLAG ONLINE IGNORE
                        unknown line
                        SHUTDOWNCMD "/sbin/shutdown -h +0"
                        NOTIFYMSG FSD "It goes"
                        """);
    }

    @Test
    void getsAndSetsAnyKey() throws IOException {
        assertThat(run("get", "ups.conf", "old", "port")).isEqualTo("old.dev\n");
        run("set", "ups.conf", "old", "port", "other.dev");
        run("set", "upsd.conf", "MAXAGE");
        assertThat(run("get", "ups.conf", "old", "port")).isEqualTo("other.dev\n");
        assertThat(text("upsd.conf")).isEqualTo("# Where\nLISTEN 127.0.0.1\n");
        assertThat(new NutconfProgram(dir).run("get", "ups.conf", "old", "nothing"))
                .isFalse();
    }

    @Test
    void keepsTheModeOfAFileAndMakesANewOnePrivate() throws IOException {
        Files.setPosixFilePermissions(dir.resolve("upsd.conf"), PosixFilePermissions.fromString("rw-------"));
        Files.delete(dir.resolve("nut.conf"));
        run("--add-listen", "::1", "--set-mode", "netserver");
        assertThat(mode("upsd.conf")).isEqualTo("rw-------");
        assertThat(mode("nut.conf")).isEqualTo("rw-r-----");
        assertThat(text("nut.conf")).isEqualTo("MODE=netserver\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--set-mode strange",
                "--add-device old dummy-ups x",
                "--add-device bad@name dummy-ups x",
                "--add-monitor ups box much me secret primary",
                "--add-user who pass=secret",
                "--set-notifyflags NEVER EXEC",
                "--scan-usb",
                "--no-such-thing",
                "word"
            })
    void refusesWhatTheFilesCannotHoldAndChangesNothing(String line) throws IOException {
        String before = text("ups.conf") + text("upsd.users") + text("upsmon.conf") + text("nut.conf");
        assertThatThrownBy(() -> run(line.split(" ")))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret");
        assertThat(text("ups.conf") + text("upsd.users") + text("upsmon.conf") + text("nut.conf"))
                .isEqualTo(before);
    }

    private String run(String... args) throws IOException {
        var nutconf = new NutconfProgram(dir);
        nutconf.run(args);
        return nutconf.out();
    }

    private String text(String name) throws IOException {
        return Files.readString(dir.resolve(name));
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(name)));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }
}
