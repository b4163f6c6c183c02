package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.container.Both.Maker;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server and a driver, each of them ours or Debian's, over one state path. */
class PairsIT {
    private static final String USER = System.getProperty("user.name");

    @TempDir
    private Path directory;

    private Both nut;
    private int port;

    @BeforeEach
    void files() throws IOException {
        port = Distribution.freePort();
        nut = new Both(directory)
                .file("nut.conf", "MODE=netserver\n")
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nMAXAGE 10\n")
                .file("upsd.users", "")
                .file("demo.dev", "ups.status: OL\nups.load: 7\n")
                .file("ups.conf", "[demo]\ndriver = dummy-ups\nport = demo.dev\n");
    }

    @AfterEach
    void end() throws Exception {
        nut.close();
    }

    /** Started in either order; the driver is killed and another one takes its place; then the server. */
    @ParameterizedTest(name = "upsd of {0}, dummy-ups of {1}")
    @CsvSource({"COBNUT, COBNUT", "COBNUT, DEBIAN", "DEBIAN, COBNUT"})
    void meetInTheStatePath(Maker server, Maker driver) throws Exception {
        start(server, "upsd");
        start(driver, "dummy-ups", "-a", "demo");
        await("VAR demo ups.status \"OL\"");

        Both.end(nut.daemon("dummy-ups-demo"));
        await("ERR DRIVER-NOT-CONNECTED", "ERR DATA-STALE");
        start(driver == Maker.COBNUT ? Maker.DEBIAN : Maker.COBNUT, "dummy-ups", "-a", "demo");
        await("VAR demo ups.status \"OL\"");

        Both.end(nut.daemon("upsd"));
        start(server == Maker.COBNUT ? Maker.DEBIAN : Maker.COBNUT, "upsd");
        await("VAR demo ups.status \"OL\"");
    }

    /** Our driver takes the place of Debian's that still runs, and the other way round. */
    @Test
    void theLaterDriverTakesOver() throws Exception {
        start(Maker.DEBIAN, "dummy-ups", "-a", "demo");
        var debians = nut.daemon("dummy-ups-demo");
        start(Maker.COBNUT, "dummy-ups", "-a", "demo");
        var ours = nut.daemon("dummy-ups-demo");
        assertThat(debians.isAlive()).isFalse();
        assertThat(ours.pid()).isNotEqualTo(debians.pid());
        start(Maker.COBNUT, "dummy-ups", "-a", "demo");
        assertThat(ours.isAlive()).as("asked to leave by the second").isFalse();
    }

    /** upsdrvctl of each starts, tells of and stops the drivers of both. */
    @ParameterizedTest
    @CsvSource({"COBNUT, COBNUT", "COBNUT, DEBIAN", "DEBIAN, COBNUT"})
    void areControlledByEither(Maker control, Maker driver) throws Exception {
        nut.file("ups.conf", """
                driverpath = "%s"
                [demo]
                driver = dummy-ups
                port = demo.dev
                """.formatted(driver.program("dummy-ups").getParent()));
        var user = driver == Maker.DEBIAN ? new String[] {"-u", USER} : new String[0];
        assertThat(nut.run(control, "upsdrvctl", words(user, "start")).status()).isZero();
        var process = nut.daemon("dummy-ups-demo");
        var table = nut.run(Maker.COBNUT, "upsdrvctl", "status");
        assertThat(table.out())
                .contains("demo\tdummy-ups\tRUNNING\t" + process.pid() + "\tRESPONSIVE\t")
                .contains("\"OL\"");
        var stop = nut.run(control, "upsdrvctl", words(user, "stop"));
        assertThat(stop.status()).as(stop.toString()).isZero();
        assertThat(process.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void upsdrvctlFailsAsDebiansDoes() throws Exception {
        for (var control : Maker.values()) {
            assertThat(nut.run(control, "upsdrvctl", "start", "nosuch").err())
                    .as(control.toString())
                    .contains("UPS nosuch not found in ups.conf");
            assertThat(nut.run(control, "upsdrvctl", "bogus").err()).contains("Error: unrecognized command [bogus]");
        }
        nut.file("ups.conf", "maxretry = 1\n[gone]\ndriver = nonesuch\nport = x\n");
        for (var control : Maker.values()) {
            var result = nut.run(control, "upsdrvctl", "start");
            assertThat(result.status()).as("%s: %s", control, result).isEqualTo(1);
            assertThat(result.err()).contains("Can't start", "nonesuch");
        }
    }

    private void start(Maker maker, String program, String... words) throws Exception {
        var user = maker == Maker.DEBIAN ? new String[] {"-u", USER} : new String[0];
        var result = nut.run(maker, program, words(user, words));
        assertThat(result.status()).as("%s's %s: %s", maker, program, result).isZero();
    }

    private static String[] words(String[] one, String... other) {
        var all = new String[one.length + other.length];
        System.arraycopy(one, 0, all, 0, one.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private void await(String... wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String answer = "";
        while (Arrays.stream(wanted).noneMatch(answer::equals)) {
            assertThat(System.nanoTime())
                    .as("waiting for %s, got %s", wanted[0], answer)
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            try (var client = new Line(port)) {
                answer = String.valueOf(client.ask("GET VAR demo ups.status"));
            } catch (IOException notYet) {
                answer = "no connection";
            }
        }
    }
}
