package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.cobnut.container.Both.Maker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** upsdrvctl over drivers that are scripts, which write down what they were told; Debian's beside it where it can be. */
class UpsdrvctlIT {
    private static final String USER = System.getProperty("user.name");

    @TempDir
    private Path directory;

    private Both nut;
    private Path told;

    @BeforeEach
    void files() throws IOException {
        nut = new Both(directory);
        told = directory.resolve("told");
    }

    @AfterEach
    void end() throws Exception {
        var pid = directory.resolve("pid");
        if (Files.exists(pid))
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(Both::end);
        nut.close();
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void switchesOffInTheOrderOfSdorderAndNotWhatIsExcluded(Maker maker) throws Exception {
        driver("exit 0", "", """
                [third]
                driver = script
                port = x
                sdorder = 2
                [never]
                driver = script
                port = x
                sdorder = -1
                [first]
                driver = script
                port = x
                [second]
                driver = script
                port = x
                sdorder = 1
                """);
        assertThat(nut.run(maker, "upsdrvctl", "shutdown").status()).isZero();
        assertThat(told()).allMatch(line -> (line + " ").contains(" -k "));
        assertThat(told().map(line -> line.replaceAll(".*-a (\\S+).*", "$1")))
                .containsExactly("first", "second", "third");
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void triesAgainAsOftenAsMaxretrySays(Maker maker) throws Exception {
        driver("exit 1", "maxretry = 3\nretrydelay = 0\n", one());
        assertThat(nut.run(maker, "upsdrvctl", "start").status()).isEqualTo(1);
        assertThat(told()).hasSize(3);

        Files.delete(told);
        driver("[ $(wc -l < " + told + ") -eq 2 ]", "maxretry = 3\nretrydelay = 0\n", one());
        assertThat(nut.run(maker, "upsdrvctl", "start").status()).isZero();
        assertThat(told()).as("not once more than it takes").hasSize(2);
    }

    @Test
    void failsAsDebiansDoes() throws Exception {
        nut.file("ups.conf", "maxretry = 1\n[gone]\ndriver = nonesuch\nport = x\n");
        for (var control : Maker.values()) {
            assertThat(nut.run(control, "upsdrvctl", "start", "nosuch").err())
                    .as(control.toString())
                    .contains("UPS nosuch not found in ups.conf");
            assertThat(nut.run(control, "upsdrvctl", "bogus").err()).contains("Error: unrecognized command [bogus]");
            var result = nut.run(control, "upsdrvctl", "start");
            assertThat(result.status()).as("%s: %s", control, result).isEqualTo(1);
            assertThat(result.err()).contains("Can't start", "nonesuch");
        }
    }

    @Test
    void waitsNoLongerThanMaxstartdelay() throws Exception {
        sleeping("maxstartdelay = 1\n");
        var result = nut.run(Maker.COBNUT, "upsdrvctl", "start");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("Startup timer elapsed, continuing...");
        assertThat(sleeper().isAlive()).as("it may still come up").isTrue();
    }

    @Test
    void waitsForNobodyWithNowait() throws Exception {
        sleeping("nowait\n");
        assertThat(nut.run(Maker.COBNUT, "upsdrvctl", "start").status()).isZero();
        assertThat(sleeper().isAlive()).isTrue();
    }

    @Test
    void staysInTheForegroundAndTakesItsDriversAlong() throws Exception {
        sleeping("");
        var control = nut.builder(Maker.COBNUT, "upsdrvctl", "-F", "start")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        var driver = sleeper();
        assertThat(told()).containsExactly("-a one -F");
        assertThat(control.isAlive()).isTrue();
        control.destroy();
        assertThat(control.waitFor(30, TimeUnit.SECONDS)).isTrue();
        driver.onExit().get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void dumpsTheDriversOfBoth(Maker maker) throws Exception {
        nut.file("demo.dev", "ups.status: OL\nups.mfr: Q\\\"s\n")
                .file("ups.conf", "[demo]\ndriver = dummy-ups\nport = demo.dev\n");
        var words = maker == Maker.DEBIAN ? new String[] {"-a", "demo", "-u", USER} : new String[] {"-a", "demo"};
        assertThat(nut.run(maker, "dummy-ups", words).status()).isZero();
        nut.daemon("dummy-ups-demo");
        var dump = nut.run(Maker.COBNUT, "upsdrvctl", "-c", "dump", "demo");
        assertThat(dump.status()).as(dump.toString()).isZero();
        assertThat(dump.out().lines()).contains("driver.name: dummy-ups", "ups.status: OL");
    }

    private static String one() {
        return "[one]\ndriver = script\nport = x\n";
    }

    /** One that neither serves nor ends. */
    private void sleeping(String global) throws IOException {
        driver("echo $$ > " + directory.resolve("pid") + "\nexec sleep 600 > /dev/null 2>&1", global, one());
    }

    private void driver(String does, String global, String sections) throws IOException {
        var script = directory.resolve("script");
        Files.writeString(script, "#!/bin/sh\necho \"$*\" >> " + told + "\n" + does + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        nut.file("ups.conf", "driverpath = \"" + directory + "\"\n" + global + sections);
    }

    private Stream<String> told() throws IOException {
        return Files.readAllLines(told).stream();
    }

    /** The process of the sleeping driver, as soon as it has said who it is. */
    private ProcessHandle sleeper() throws IOException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        var file = directory.resolve("pid");
        while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
            assertThat(System.nanoTime()).as("the driver was not started").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    }
}
