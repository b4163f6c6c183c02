package org.cobnut.drivers.usbhid;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as what a UPS of each mapping answers and sends by itself: garbage, half reports, refusals and silence. A poll shows
 * values that mean something or fails with a reason, and a unit that has come to its senses is read.
 */
class ReportsFuzz {
    private static final Due[] POLLS = {Due.FULL, Due.QUICK, Due.EVENT, Due.FULL};

    /** Answers of a kind that no report is. */
    private static final int STALL = 0xfe;

    private static final int SILENCE = 0xff;

    /** From here on an answer is as long as the byte says, with another id than was asked for, or whole. */
    private static final int SHORT = 0x40;

    private static final int STRANGE = 0x80;

    static {
        // A unit that contradicts itself is told of once for each, which fills the log of a fuzzer.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
    }

    private static final Driver DRIVER = new UsbhidUps();
    private static final Settings SECTION = Bench.settings(DRIVER);
    private static final List<TestUps> UNITS =
            Subdrivers.SHIPPED.all().stream().map(SyntheticUps::of).toList();

    /** Long inputs, one for each unit, for a fuzzer by itself begins with short ones. */
    static Stream<byte[]> noise() {
        var random = new Random(16);
        return IntStream.range(0, UNITS.size()).mapToObj(unit -> {
            var bytes = new byte[2000];
            random.nextBytes(bytes);
            bytes[0] = (byte) unit;
            return bytes;
        });
    }

    @MethodSource("noise")
    @FuzzTest(maxDuration = "30s")
    void showsNothingAbsurd(byte[] bytes) throws IOException {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        TestUps unit = UNITS.get(bytes.length == 0 ? 0 : (bytes[0] & 0xff) % UNITS.size());
        unit.log();
        var link = new Garbled(unit.link(), bytes);
        try (Session session = open(link)) {
            var report = new TestReport();
            for (Due due : POLLS) poll(session, report, due);
            obey(session, List.copyOf(report.commands()), bytes.length);
            link.at = bytes.length;
            // What was silent twice is asked no more while it is open; what was refused or broken is.
            if (link.silences == 0) report.poll(session);
            check(report);
        }
    }

    private static Session open(HidLink link) throws IOException {
        return DRIVER.open(SECTION, new TestLinks(Path.of("")).opening("auto", parameters -> link));
    }

    private static void poll(Session session, TestReport report, Due due) {
        try {
            report.poll(session, due);
        } catch (IOException reason) {
            require(reason.getMessage() != null && !reason.getMessage().isBlank(), "no reason");
        }
        check(report);
    }

    private static void obey(Session session, List<String> commands, int number) {
        if (commands.isEmpty()) return;
        try {
            session.run(commands.get(number % commands.size()), "");
        } catch (IOException reason) {
            require(reason.getMessage() != null && !reason.getMessage().isBlank(), "no reason");
        }
    }

    private static void check(TestReport report) {
        report.values().forEach((name, value) -> {
            require(name.matches("[a-z][A-Za-z0-9._-]+"), "a name: " + name);
            require(!value.matches("(?i).*(nan|infinity|null).*"), name + " = " + value);
        });
        within(report, "battery.charge", 0, 110);
        within(report, "battery.runtime", 0, 1e10);
        within(report, "battery.voltage", 0, 1e10);
        within(report, "ups.load", 0, 1e10);
        require(!report.status().containsAll(List.of("OL", "OB")), "line and battery");
    }

    private static void within(TestReport report, String name, double least, double most) {
        report.value(name).ifPresent(text -> {
            double value = Double.parseDouble(text);
            require(value >= least && value <= most, name + " = " + text);
        });
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) throw new AssertionError(otherwise);
    }

    /** A link whose answers are made of the fuzzer's bytes, and true ones when there are no more. */
    private static final class Garbled implements HidLink {
        private final HidLink unit;
        private final byte[] bytes;
        private int at = 1;
        private int sent;
        private int silences;

        Garbled(HidLink unit, byte[] bytes) {
            this.unit = unit;
            this.bytes = bytes.clone();
        }

        @Override
        public UsbIdentity identity() {
            return unit.identity();
        }

        @Override
        public byte[] reportDescriptor() {
            return unit.reportDescriptor();
        }

        @Override
        public byte[] getReport(ReportType type, int id, int maxLength) throws IOException {
            if (at >= bytes.length) return unit.getReport(type, id, maxLength);
            int mood = bytes[at++] & 0xff;
            if (mood == STALL) throw new StallException("report");
            if (mood == SILENCE) {
                silences++;
                throw new NoAnswerException(new byte[0], java.time.Duration.ofSeconds(5));
            }
            byte[] report = take(mood < SHORT ? maxLength : Math.min(mood & 7, maxLength));
            if (mood < STRANGE && report.length > 0) report[0] = (byte) id;
            return report;
        }

        @Override
        public void setReport(ReportType type, int id, byte[] report) {
            // All is taken, and nothing of it kept.
        }

        /** Some reports in each poll, and then no more. */
        @Override
        public Optional<byte[]> nextInput() {
            if (at >= bytes.length || ++sent % 3 == 0) return Optional.empty();
            return Optional.of(take(bytes[at++] & 7));
        }

        @Override
        public Optional<String> string(int index) throws IOException {
            return unit.string(index);
        }

        @Override
        public void close() {
            // It is the same one that is opened again.
        }

        private byte[] take(int length) {
            int end = Math.min(bytes.length, at + length);
            byte[] taken = Arrays.copyOfRange(bytes, Math.min(at, end), end);
            at = end;
            return taken;
        }
    }
}
