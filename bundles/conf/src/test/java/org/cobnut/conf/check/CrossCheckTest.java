package org.cobnut.conf.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.cobnut.conf.Site;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.files.ReadScope;
import org.cobnut.conf.text.CommandCheck;
import org.cobnut.conf.text.Fault;
import org.cobnut.wire.HashedPassword;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes that show only in the outage. */
class CrossCheckTest {
    @TempDir
    Path directory;

    private List<String> found(String upsmon, String upssched) throws IOException {
        Site site = Site.in(directory);
        site.write("upsmon.conf", upsmon);
        site.write("upssched.conf", upssched);
        var files = new NutFiles(directory);
        return CrossCheck.of(files.readDisk(), files).stream()
                .map(Fault::toString)
                .toList();
    }

    @Test
    void saysNothingOfWhatFits() throws IOException {
        String upsmon = """
                MONITOR first@localhost 1 watcher hidden primary
                MONITOR far@elsewhere 1 x y secondary
                MONITOR second@127.0.0.1:3493 0 watcher hidden master
                MONITOR a@localhost:4000 1 x y primary
                SHUTDOWNCMD "/bin/sh -c true"
                NOTIFYCMD /sbin/upssched
                NOTIFYFLAG ONBATT SYSLOG+EXEC
                """;
        String upssched = """
                CMDSCRIPT /bin/sh
                AT ONBATT * EXECUTE x
                AT ONBATT far@elsewhere EXECUTE y
                """;
        assertThat(found(upsmon, upssched)).isEmpty();
    }

    @Test
    void findsAMonitorThatIsNotKnown() throws IOException {
        String hash = HashedPassword.of("right", 1000).text();
        Site.in(directory);
        String upsmon = """
                MONITOR thrid@localhost 1 watcher hidden primary
                MONITOR first@localhost 1 nobody hidden primary
                MONITOR first@localhost:3493 1 watcher hunter2 primary
                MONITOR first 1 admin s3cret primary
                """;
        assertThat(found(upsmon, ""))
                .containsExactly(
                        "upsmon.conf:1: MONITOR thrid@localhost: ups.conf has no section [thrid]",
                        "upsmon.conf:2: MONITOR first@localhost: upsd.users has no user of the name that is its third word,"
                                + " so its login is refused",
                        "upsmon.conf:3: MONITOR first@localhost:3493: its password is not the one of upsd.users:6,"
                                + " so its login is refused",
                        "upsmon.conf:4: MONITOR first: its user has no 'upsmon' line at upsd.users:1,"
                                + " so its login is refused");
        Site site = new Site(directory);
        site.edit("upsd.users", "= hidden", "= \"" + hash + "\"");
        site.edit("upsd.users", "upsmon primary", "upsmon secondary");
        site.write(
                "upsmon.conf",
                "MONITOR first 1 watcher right primary\nMONITOR first@localhost 1 watcher wrong slave\n");
        var files = new NutFiles(directory);
        assertThat(CrossCheck.of(files.readDisk(), files).toString())
                .contains("is no primary at upsd.users:6")
                .contains("upsmon.conf:2: MONITOR first@localhost: its password is not")
                .doesNotContain("wrong");
        site.write("nut.conf", "MODE=netclient\n");
        assertThat(CrossCheck.of(files.readDisk(), files))
                .as("another machine's upsd")
                .isEmpty();
    }

    @Test
    void readsForUpsmonAloneWhatItOtherwiseDoesNot() throws IOException {
        found("MONITOR thrid@localhost 1 watcher hidden primary\n", "");
        var alone = new NutFiles(directory, new ReadScope.Monitor());
        assertThat(CrossCheck.of(alone.readDisk(), alone)).hasSize(1);
        Files.delete(directory.resolve("upsd.conf"));
        assertThat(CrossCheck.of(alone.readDisk(), alone)).isEmpty();
    }

    @Test
    void findsAnAtThatIsNeverMet() throws IOException {
        String upsmon = "MONITOR first@localhost 1 watcher hidden primary\n";
        String rules = "CMDSCRIPT /bin/sh\nAT ONBATT * EXECUTE x\nAT ONLINE first EXECUTE y\n";
        assertThat(found(upsmon + "NOTIFYCMD upssched\nNOTIFYFLAG ONLINE EXEC\n", rules))
                .containsExactly(
                        "upssched.conf:2: AT ONBATT is never met, for no NOTIFYFLAG of upsmon.conf gives ONBATT the flag"
                                + " EXEC",
                        "upssched.conf:3: AT is for the UPS 'first', and no MONITOR of upsmon.conf has just that name");
        assertThat(found(upsmon, "CMDSCRIPT /bin/sh\nAT ONBATT * EXECUTE x\n"))
                .containsExactly(
                        "upssched.conf:2: AT is never met, for upsmon.conf has no NOTIFYCMD that names upssched");
    }

    @Test
    void findsACommandThatIsNotThereOrNotExecutable() throws IOException {
        Path plain = Files.writeString(directory.resolve("plain.sh"), "");
        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(found(
                        "MONITOR first@localhost 1 watcher hidden primary\nSHUTDOWNCMD \"/nosuch/shutdown -h now\"\n"
                                + "NOTIFYCMD \"" + plain + " x\"\nPOWERDOWNFLAG /nosuch/flag\n",
                        "CMDSCRIPT /nosuch/cmd\n"))
                .containsExactly(
                        "upsmon.conf:3: NOTIFYCMD cannot run: " + plain + " is not executable (chmod +x)",
                        "upsmon.conf:2: SHUTDOWNCMD cannot run: /nosuch/shutdown is not there",
                        "upsmon.conf:4: POWERDOWNFLAG: the directory /nosuch is not there",
                        "upssched.conf:1: CMDSCRIPT cannot run: /nosuch/cmd is not there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/sh -h +0",
                "sh",
                "true",
                "echo a | sh",
                "$HOME/nosuch",
                "LANG=C sh -c x",
                "[ -f /nosuch ] && sh",
                "if true; then sh; fi",
                "(sh)",
                "\"/opt/my scripts/off\" now",
                "`nosuch`",
                "./notify.sh",
                "bin/notify",
                "~/notify",
                "! sh",
                "sh;nosuch",
                ". /etc/profile",
                "exec sh",
                "{ sh; }",
                ">/dev/null sh",
                ""
            })
    void letsPassWhatCanRunOrCannotBeTold(String command) {
        assertThat(CommandCheck.foreign("/usr/bin:/bin").shell(command)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nosuch/x", "/nosuch/x;sh", "A=b /nosuch/x -h", "nosuchprogram +0", "/etc", "  /nosuch/x"})
    void tellsOfWhatCannotRun(String command) {
        assertThat(CommandCheck.foreign("/usr/bin:/bin").shell(command)).isPresent();
    }

    @Test
    void findsAProgramThatOthersMayWriteOrReplace() throws IOException {
        Path open = Files.createDirectory(directory.resolve("open"));
        Path script = Files.writeString(open.resolve("off"), "#!/bin/sh\n");
        Path link = Files.createSymbolicLink(directory.resolve("link"), script);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var check : List.of(CommandCheck.own(Optional.of(open.toString())), CommandCheck.foreign(open.toString())))
            for (String program : List.of("off", script.toString(), link.toString())) {
                assertThat(check.shell(program + " now")).isEmpty();
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xrwx"));
                assertThat(check.shell(program + " now").orElseThrow())
                        .startsWith("is decided by others: others may write to " + script + ' ')
                        .endsWith("type: chmod o-w " + script);
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xrwx"));
                assertThat(check.program(program).orElseThrow())
                        .startsWith("is decided by others: others may write to " + open + ' ')
                        .endsWith("type: chmod o-w " + open);
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        // In a sticky folder nobody replaces what is another's.
        Files.setAttribute(open, "unix:mode", 01777);
        assertThat(CommandCheck.foreign("/bin").program(script.toString())).isEmpty();
    }

    @Test
    void findsAnAddressThatCannotBeBound() throws IOException {
        Site site = Site.in(directory);
        try (var other = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            site.write(
                    "upsd.conf",
                    "LISTEN 127.0.0.1 " + other.getLocalPort()
                            + "\nLISTEN 192.0.2.7\nLISTEN *\nLISTEN nosuch.invalid\n");
            assertThat(ListenCheck.of(new NutFiles(directory).readDisk()))
                    .extracting(Fault::toString)
                    .containsExactly(
                            "upsd.conf:1: LISTEN 127.0.0.1 %d cannot be bound: another program listens there"
                                    .formatted(other.getLocalPort()),
                            "upsd.conf:2: LISTEN 192.0.2.7 3493 cannot be bound: this machine has no such address",
                            "upsd.conf:4: LISTEN nosuch.invalid 3493 cannot be bound: no address has this name");
        }
    }

    @Test
    void programsReadFaultsAsJson() {
        assertThat(CheckProgram.json(
                        List.of(Fault.error("ups.conf", 3, "no \"x\""), Fault.warning("upsd.conf", 0, "odd"))))
                .isEqualTo("""
                        [
                          {"file": "ups.conf", "line": 3, "severity": "error", "reason": "no \\"x\\""},
                          {"file": "upsd.conf", "line": null, "severity": "warning", "reason": "odd"}
                        ]""");
    }
}
