package org.cobnut.conf.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.cobnut.conf.Site;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine with one fault at a time, in a folder. */
class DoctorTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<String> RULES = List.of(
            "# one",
            "ATTR{idVendor}==\"051d\", ATTR{idProduct}==\"0002\", MODE=\"664\", GROUP=\"nut\", TAG+=\"systemd\"",
            "ATTR{idVendor}==\"0764\", MODE=\"664\", GROUP=\"nut\", TAG+=\"systemd\"");

    @TempDir
    Path root;

    private Path conf;
    private Site site;

    @BeforeEach
    void aMachineWithoutFault() throws IOException {
        conf = Files.createDirectories(root.resolve("etc/nut"));
        site = Site.in(conf);
        site.write("ups.conf", "[rack]\n driver = nutdrv_qx\n port = tcp:localhost:4001\n");
        site.write("upsd.conf", "");
        site.write("upsd.users", "[mon]\n password = hidden\n upsmon primary\n");
        site.write(
                "upsmon.conf",
                "MONITOR rack@localhost 1 mon hidden primary\nSHUTDOWNCMD /bin/true\nPOWERDOWNFLAG /etc/killpower\n");
        for (String name : List.of("upsd.conf", "upsd.users", "upsmon.conf"))
            Files.setPosixFilePermissions(conf.resolve(name), PosixFilePermissions.fromString("rw-r-----"));
        write("etc/passwd", "nut:x:1:1::/:/bin/false\n");
        write("run/systemd/system/x", "");
        write("run/systemd/timesync/synchronized", "");
        write("usr/lib/systemd/system-shutdown/nutshutdown", "");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<Finding> found() {
        return DoctorProgram.findings(new Machine(root), conf, Path.of("/opt/cobnut"), RULES, NOW);
    }

    private void finds(boolean grave, String problem, String mend) {
        assertThat(found()).as(problem).singleElement().satisfies(finding -> {
            assertThat(finding.grave()).isEqualTo(grave);
            assertThat(finding.problem()).contains(problem);
            assertThat(finding.mend()).contains(mend);
            assertThat(finding.toString()).doesNotContain("hidden");
        });
    }

    @Test
    void programsReadFindingsAsJson() throws IOException {
        write("etc/passwd", "");
        assertThat(DoctorProgram.json(found()))
                .startsWith("[\n  {\"severity\": \"error\", \"problem\": \"")
                .contains("\", \"mend\": \"")
                .endsWith("\"}\n]");
    }

    @Test
    void aMachineThatIsWellHasNoFinding() {
        assertThat(found()).isEmpty();
    }

    @Test
    void aTargetOfAKindThatNoBundleOfOursBringsIsAdvice() throws IOException {
        site.write("notify.conf", "[admin]\nkind = mial\n[script]\nkind = exec\ncommand = /bin/true\n");
        Files.setPosixFilePermissions(conf.resolve("notify.conf"), PosixFilePermissions.fromString("rw-r-----"));
        finds(false, "target [admin] of notify.conf is of kind mial", "nutctl notify list");
    }

    @Test
    void aMonitorOfNoUpsAndACommandThatIsNotThereAreGrave() throws IOException {
        site.write("ups.conf", "[other]\n driver = nutdrv_qx\n port = tcp:localhost:4001\n");
        finds(
                true,
                "upsmon.conf:1: MONITOR rack@localhost: ups.conf has no section [rack]",
                "nutctl config add-device rack");
        aMachineWithoutFault();
        site.write("upsd.users", "[other]\n password = hidden\n upsmon primary\n");
        finds(true, "upsd.users has no user", "nutctl config add-user");
        aMachineWithoutFault();
        site.write(
                "upsmon.conf",
                "MONITOR rack@localhost 1 mon hidden primary\nSHUTDOWNCMD /nowhere/down\nPOWERDOWNFLAG /etc/killpower\n");
        finds(true, "SHUTDOWNCMD cannot run: ", "edit line 2 of");
    }

    @Test
    void aDeviceOnUsbThatNutMayNotUseIsNamedWithTheRuleForIt() throws IOException {
        for (String id : List.of("051d 0002 1 5", "0764 9999 1 6", "1234 0002 1 7")) {
            String[] words = id.split(" ");
            String device = "sys/bus/usb/devices/1-" + words[3] + '/';
            write(device + "idVendor", words[0] + '\n');
            write(device + "idProduct", words[1] + '\n');
            write(device + "busnum", words[2] + '\n');
            write(device + "devnum", words[3] + '\n');
            write("dev/bus/usb/001/00" + words[3], "");
            Files.setPosixFilePermissions(
                    root.resolve("dev/bus/usb/001/00" + words[3]),
                    PosixFilePermissions.fromString(words[3].equals("6") ? "rw-rw-rw-" : "rw-r--r--"));
        }
        finds(true, "051d:0002", "nutctl udev > /etc/udev/rules.d/62-cobnut.rules");
    }

    @Test
    void aPortThatIsNotThereOrNotNutsIsNamed() throws IOException {
        site.write("ups.conf", "[rack]\n driver = nutdrv_qx\n port = /dev/ttyUSB7\n");
        finds(true, "UPS rack: its port /dev/ttyUSB7 is not there", "nutctl scan serial");
        write("dev/ttyUSB7", "");
        Files.setPosixFilePermissions(root.resolve("dev/ttyUSB7"), PosixFilePermissions.fromString("rw-r-----"));
        finds(true, "the user nut may not use its port /dev/ttyUSB7", "/dev/ttyUSB7");
        Files.setPosixFilePermissions(root.resolve("dev/ttyUSB7"), PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(found()).isEmpty();
    }

    @Test
    void theEndOfAShutdownAndTheClockAreLookedAt() throws IOException {
        Files.delete(root.resolve("usr/lib/systemd/system-shutdown/nutshutdown"));
        finds(
                false,
                "no power-off hook",
                "ln -s /opt/cobnut/lib/nutshutdown /usr/lib/systemd/system-shutdown/nutshutdown");
        aMachineWithoutFault();
        site.write("upsmon.conf", "MONITOR rack@localhost 1 mon hidden primary\nSHUTDOWNCMD /bin/true\n");
        finds(false, "no POWERDOWNFLAG", "POWERDOWNFLAG /etc/killpower");
        aMachineWithoutFault();
        Files.delete(root.resolve("run/systemd/timesync/synchronized"));
        finds(false, "keeps the clock right", "timedatectl set-ntp true");
        aMachineWithoutFault();
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\n");
        finds(true, "there is no user nut", "adduser");
    }

    @Test
    void aCertificateThatCannotBeReadIsNamed() throws IOException {
        site.write("upsd.conf", "CERTFILE server.pem\n");
        Files.writeString(conf.resolve("server.pem"), "nothing\n");
        assertThat(found()).anySatisfy(finding -> {
            assertThat(finding.problem()).contains("server.pem holds no certificate that can be read");
            assertThat(finding.mend()).contains("nutctl tls");
        });
    }
}
