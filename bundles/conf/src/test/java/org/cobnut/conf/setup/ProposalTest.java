package org.cobnut.conf.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.cobnut.conf.Site;
import org.cobnut.conf.check.CheckProgram;
import org.cobnut.conf.files.NutFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What setup would write, over folders in every state. */
class ProposalTest {
    private static final String ONE = """
            [nutdev-usb1]
            	driver = "usbhid-ups"	# alternately: nutdrv_qx
            	port = "auto"
            	vendorid = "0463"
            	productid = "FFFF"
            	product = "Ellipse"
            	serial = "AB1234"
            	vendor = "EATON"
            	# bus = "001"
            """;
    private static final String TWO = ONE + """
            [nutdev-usb2]
            	driver = "usbhid-ups"
            	port = "auto"
            	vendorid = "0463"
            	serial = "CD5678"
            """;

    @TempDir
    Path directory;

    private int passwords;

    private Proposal propose(String found) throws IOException {
        return Proposal.of(directory, FoundDevice.in(found), () -> "pass" + ++passwords);
    }

    private void write(Proposal proposal) throws IOException {
        assertThat(proposal.faults(directory)).isEmpty();
        proposal.write(directory);
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file), StandardCharsets.ISO_8859_1);
    }

    @Test
    void givesAnEmptyFolderAllThatOneDeviceNeeds() throws IOException {
        write(propose(ONE));
        assertThat(read("ups.conf")).isEqualTo("""
                # Found by nutctl setup: EATON Ellipse at auto, serial number AB1234
                [ups]
                	driver = usbhid-ups
                	port = auto
                	vendorid = 0463
                	productid = FFFF
                	product = Ellipse
                	serial = AB1234
                	vendor = EATON
                """);
        assertThat(read("upsmon.conf"))
                .contains(
                        "\nMONITOR ups@localhost 1 upsmon pass2 primary\n",
                        "\nMINSUPPLIES 1\n",
                        "\nSHUTDOWNCMD \"/sbin")
                .contains("\nPOWERDOWNFLAG /etc/killpower\n");
        assertThat(read("upsd.users")).contains("[admin]\n\tpassword = pass1\n", "[upsmon]\n\tpassword = pass2\n");
        assertThat(read("nut.conf")).endsWith("\nMODE=standalone\n");
        assertThat(CheckProgram.faults(new NutFiles(directory))).isEmpty();
        for (String file : List.of("ups.conf", "upsmon.conf", "upsd.users", "upsd.conf", "nut.conf"))
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                    .isEqualTo("rw-r-----");
        assertThat(propose(ONE).additions()).as("a second time").isEmpty();
    }

    @Test
    void showsNoPassword() throws IOException {
        for (Addition addition : propose(ONE).additions())
            assertThat(addition.shown(directory))
                    .doesNotContain("pass1", "pass2")
                    .startsWith("--- " + directory);
    }

    @Test
    void leavesWhatIsConfiguredAndAddsBehindIt() throws IOException {
        Site site = Site.in(directory);
        String users = site.read("upsd.users");
        site.write("upsmon.conf", "MONITOR first@localhost 1 watcher hidden primary\n");
        Proposal proposal = propose(TWO);
        assertThat(proposal.names())
                .as("[second] has port auto, and names another vendor")
                .containsExactly("ups", "ups2");
        assertThat(proposal.remarks())
                .singleElement()
                .asString()
                .contains("upsmon.conf has MONITOR lines", "ups, ups2");
        proposal.write(directory);
        assertThat(site.read("ups.conf")).startsWith(Site.GOOD.get("ups.conf")).contains("\n\n# Found by nutctl setup");
        assertThat(site.read("upsd.users"))
                .as("there is an administrator, and upsmon has its user")
                .isEqualTo(users);
        assertThat(site.read("upsmon.conf")).doesNotContain("ups2");
        assertThat(site.read("nut.conf")).isEqualTo("MODE=standalone\n");
    }

    @Test
    void goesDownForWhicheverOfSeveralIsLow() throws IOException {
        Files.writeString(directory.resolve("upsd.conf"), "LISTEN 127.0.0.1 3999\n");
        Files.writeString(directory.resolve("nut.conf"), "MODE=none\n");
        write(propose(TWO));
        assertThat(read("upsmon.conf"))
                .contains("MONITOR ups@localhost:3999 1 ", "MONITOR ups2@localhost:3999 1 ", "\nMINSUPPLIES 2\n");
        assertThat(read("nut.conf")).isEqualTo(Proposal.MODE);
    }

    @Test
    void writesNothingOverAFileThatHasChangedOrIsInError() throws IOException {
        Proposal proposal = propose(ONE);
        Files.writeString(directory.resolve("ups.conf"), "[mine]\n");
        assertThatThrownBy(() -> proposal.write(directory)).hasMessageContaining("ups.conf has changed meanwhile");
        assertThat(directory.resolve("upsd.users")).doesNotExist();
        assertThatThrownBy(() -> propose(ONE))
                .hasMessageContaining("ups.conf:1")
                .hasMessageContaining("mend it first");
    }
}
