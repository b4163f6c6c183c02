package org.cobnut.scan.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.cobnut.testkit.DebianNut;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program beside Debian's of NUT 2.8.0, over Debian's upsd. Where 2.8.5 says something else than 2.8.0, {@link #newer} turns
 * the words of the old one into those of the new one.
 */
@Timeout(60)
class NutScannerTest {
    private static final Pattern HELP =
            Pattern.compile("^.*utility for detection.*?(?=nut-scanner: |\n\nWARNING)", Pattern.DOTALL);

    @TempDir
    static Path dir;

    private static DebianNut nut;

    @BeforeAll
    static void start() throws IOException {
        nut = new DebianNut(dir)
                .device("sim", "ups.status: OL\n")
                .section("gone", "driver = dummy-ups\nport = gone.dev\ndesc = \"A \\\"gone\\\" \\#1\"")
                .section("bare", "driver = dummy-ups\nport = gone.dev")
                .start();
    }

    @AfterAll
    static void stop() {
        nut.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-O -s HOST -p PORT",
                "-O -s HOST -p PORT -N",
                "-O -s HOST -p PORT -P",
                "-O -s HOST -p PORT -q",
                "-q -P -N -O -s HOST -p PORT",
                "-qOPsHOST -pPORT",
                "word -O -s HOST word -p PORT",
                "--oldnut_scan --start_ip=HOST --port PORT --disp_parsable --quiet",
                "--oldnut --start HOST --port=PORT",
                "-O -s HOST -e HOST -p PORT",
                "-O -e HOST -p PORT",
                "-O -m HOST/32 -p PORT -q",
                "-O -m 127.0.0.1/30 -p PORT -q",
                "-O -s 127.0.0.3 -e 127.0.0.0 -p PORT -P",
                "-O -s localhost -p PORT -P",
                "-O -s HOST -p 1",
                "-O",
                "-O -q",
                "-O -s nonsense.invalid",
                "-O -s HOST -e nonsense.invalid",
                "-O -s HOST -e ::1",
                "-O -m HOST",
                "-O -m /24",
                "-O -m HOST/0",
                "-O -m HOST/abc",
                "-O -t x -s HOST -p PORT",
                "-O -t 0",
                "-O -T 0",
                "-O -T 12x",
                "-O -s HOST -p abc",
                "-O -s HOST -p 0",
                "-O -s HOST -p 70000",
                "-E 0-12",
                "-q -E 0-12",
                "-E 9",
                "-q -E /dev/nothere",
                "-E /dev/nothere,/dev/norhere",
                "-Z",
                "-s",
                "-?",
                "--nothere",
                "--start_ip",
                "--quiet=3",
                "--s",
                "-I",
                "-b user",
                "-O -Z -s HOST",
            })
    void bringsWhatDebiansProgramBrings(String line) throws IOException {
        String[] args = words(line);
        Run ours = Run.of(args);
        String all = ours.out() + ours.err() + ours.exit();
        assertThat(all.replaceFirst("(?s)^Network UPS Tools.*?(?=nut-scanner: |\n\nWARNING)", "HELP\n"))
                .isEqualTo(newer(nut.client("nut-scanner", args)));
    }

    private static String newer(String debian) {
        return HELP.matcher(debian)
                .replaceFirst("HELP\n")
                .replaceAll("\\[nutdev(\\d+)\\]", "[nutdev-nut$1]")
                .replace("\"nutclient\"", "\"dummy-ups\"")
                .replaceAll("(port ?= ?\"[^\"]*@[^\"]*)\"", "$1:" + nut.port() + "\"")
                .replace(
                        "No start IP, skipping NUT bus (old ",
                        "No IP range(s) requested, skipping NUT bus (old libupsclient ")
                .replace("Scanning NUT bus (old connect", "Scanning NUT bus (old libupsclient connect")
                .replaceAll("(?m)^Invalid address", "WARNING: nutscan_ip_iter_init: Invalid address");
    }

    private static String[] words(String line) {
        return line.replace("HOST", "127.0.0.1")
                .replace("PORT", String.valueOf(nut.port()))
                .split(" ");
    }

    @Test
    void namesWhatItCanScan() {
        assertThat(Run.of("-a", "-Z")).isEqualTo(new Run("OLDNUT\nUSB\nXML\nAVAHI\nEATON_SERIAL\n", "", 0));
    }

    @Test
    void scansAllThatIsThereButSerialPorts() {
        System.setProperty("cobnut.confpath", dir.toString());
        try {
            Run run = Run.quiet("-s", "127.0.0.1", "-p", String.valueOf(nut.port()), "-P");
            assertThat(run.out().lines())
                    .containsExactlyInAnyOrder(
                            line(nut.ups("sim")),
                            line(nut.ups("gone")),
                            line(nut.ups("bare")),
                            "NUT_SIMULATION:driver=\"dummy-ups\",port=\"sim.dev\"");
            assertThat(run.err()).isEqualTo("""
                            Scanning USB bus.
                            Scanning NUT bus (old libupsclient connect method).
                            Scanning NUT simulation devices.
                            """);
            assertThat(Run.quiet("-C", "-q"))
                    .isEqualTo(new Run("[nutdev-nutsim1]\n\tdriver = \"dummy-ups\"\n\tport = \"sim.dev\"\n", "", 0));
        } finally {
            System.clearProperty("cobnut.confpath");
        }
    }

    private static String line(String port) {
        return "NUT:driver=\"dummy-ups\",port=\"" + port + '"';
    }

    /** Debian's program does the same where it lacks the libraries for a kind; whether it does depends on the machine. */
    @ParameterizedTest
    @ValueSource(strings = {"-J", "-S", "-I", "-W secret", "-B secret", "-c secret -O", "-l authPriv"})
    void saysThatNoScannerOfAKindIsThere(String line) {
        Run run = Run.of(line.split(" "));
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("scan not enabled: library not detected.")
                .doesNotContain("secret");
        assertThat(run.err()).contains("WARNING: Some error has occurred").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m 127.0.0.1/33", "-m ::1/129", "-m auto/129", "-m auto4/33", "-m auto6/x", "-m auto/-1"})
    void refusesWhatIsNoMask(String line) {
        Run run = Run.of(line.split(" "));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).matches("(Bad netmask|Invalid auto-net limit value)[^\n]*\n");
    }

    @Test
    void takesTheNetworksOfThisMachineOnce() {
        Run run = Run.of("-m", "auto4/0", "-m", "auto", "-n", "-q");
        assertThat(run.err()).contains("Duplicate request for connected subnet scan ignored");
    }

    @Test
    void saysWithDWhatCouldNotBeLookedAt() {
        assertThat(Run.of("-D", "-E", "/dev/nothere").err())
                .contains("Scanning serial bus for Eaton devices.\n")
                .contains("/dev/nothere does not exist");
    }
}
