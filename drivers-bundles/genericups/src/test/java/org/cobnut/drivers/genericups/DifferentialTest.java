package org.cobnut.drivers.genericups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.AnswerTable;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SimulatedLine;
import org.cobnut.testkit.serial.SimulatedLine.ModemLines;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each type of cable read and switched off by Debian's NUT 2.8.0 and by us. A library in C gives its driver modem lines. */
@Timeout(60)
class DifferentialTest {
    private static final int CTS = 0x20;
    private static final int DCD = 0x40;
    private static final int RNG = 0x80;
    private static final int DSR = 0x100;
    /** A type for each way to switch off. */
    private static final Set<Integer> SWITCHED_OFF = Set.of(0, 1, 2, 4, 11);

    @TempDir
    Path folder;

    @Test
    void differsFromTheCDriverInNothing() throws Exception {
        Assumptions.assumeTrue(DebianDriver.installed("genericups"), "Debian's NUT is not installed");
        Assumptions.assumeTrue(compiled(), "there is no gcc");
        try (var line = new PtyLine(new AnswerTable("\r"), folder)) {
            for (int type : IntStream.range(0, Cable.ALL.size()).toArray()) {
                int inputs =
                        List.of(0, CTS | DSR, DCD | RNG, CTS | DCD | RNG | DSR).get(type % 4);
                assertThat(theirs(line, type, inputs).differences(ours(type, inputs)))
                        .as("type " + type)
                        .isEmpty();
                if (SWITCHED_OFF.contains(type))
                    assertThat(ourShutdown(type)).as("shutdown of type " + type).isEqualTo(theirShutdown(line, type));
            }
        }
    }

    private boolean compiled() throws Exception {
        try {
            return new ProcessBuilder(
                                    "gcc",
                                    "-shared",
                                    "-fPIC",
                                    "-o",
                                    folder.resolve("modem.so").toString(),
                                    "src/test/resources/modem.c",
                                    "-ldl")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private DriverFacts theirs(PtyLine line, int type, int inputs) throws IOException {
        modem(inputs);
        try (var driver = DebianDriver.start(folder, environment(), "genericups", line.port(), "upstype = " + type)) {
            return driver.facts();
        }
    }

    private List<String> theirShutdown(PtyLine line, int type) throws IOException {
        Files.deleteIfExists(folder.resolve("events"));
        DebianDriver.killpower(folder, environment(), "genericups", line.port(), "upstype = " + type);
        return Files.readAllLines(folder.resolve("events"));
    }

    private static DriverFacts ours(int type, int inputs) throws IOException {
        var modem = new ModemLines();
        modem.inputs((inputs & CTS) != 0, (inputs & DSR) != 0, (inputs & DCD) != 0, (inputs & RNG) != 0);
        return DriverFacts.of(new TestReport().poll(open(modem, type)));
    }

    private static List<String> ourShutdown(int type) throws IOException {
        var modem = new ModemLines();
        Session session = open(modem, type);
        modem.events();
        session.run("shutdown.default", "");
        return modem.events();
    }

    private static Session open(ModemLines modem, int type) throws IOException {
        Driver driver = new GenericUps();
        return driver.open(
                SimulatorBench.settings(driver, "upstype = " + type),
                SimulatorBench.links(parameters -> new SimulatedLine(new AnswerTable("\r"), parameters, modem)));
    }

    private void modem(int lines) throws IOException {
        Files.write(
                folder.resolve("lines"),
                ByteBuffer.allocate(4)
                        .order(ByteOrder.nativeOrder())
                        .putInt(lines)
                        .array());
    }

    private Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                folder.resolve("modem.so").toString(),
                "MODEM_STATE",
                folder.resolve("lines").toString(),
                "MODEM_LOG",
                folder.resolve("events").toString());
    }
}
