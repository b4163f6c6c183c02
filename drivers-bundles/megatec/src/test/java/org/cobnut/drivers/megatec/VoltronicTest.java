package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.cobnut.driver.Due;
import org.cobnut.link.ByteLink;
import org.cobnut.model.Outcome;
import org.cobnut.model.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoltronicTest {
    private static final String UNIT = """
            > QGS\\r
            < (214.3 50.0 229.9 50.0 000.0 012 369.1 ---.- 027.2 ---.- 028.5 100000000001\\r
            > QPI\\r
            < (PI01\\r
            > QRI\\r
            < (230.0 004 024.0 50.0\\r
            > QMD\\r
            < (#######WPHVT1K0 ###1000 90 1/1 230 230 02 12.0\\r
            > F\\r
            < #230.0 004 024.0 50.0\\r
            > QMF\\r
            < (#######BOH\\r
            > QVFW\\r
            < (VERFW:01060.07\\r
            > QID\\r
            < (00012345678\\r
            > QMOD\\r
            < (L\\r
            > QWS\\r
            < (0000000000000000000000000000000000000000000000000000000000000000\\r
            > QBV\\r
            < (027.2 02 01 068 374\\r
            > QLDL\\r
            < (005 080\\r
            > QFLAG\\r
            < (EpashcjDbroegfvdlnqw\\r
            > QSK1\\r
            < (1\\r
            > QSK2\\r
            < (NAK\\r
            > QSKT1\\r
            < (005\\r
            > QHE\\r
            < (242 210\\r
            > QFRE\\r
            < (53.0 47.0\\r
            > QBYV\\r
            < (264 170\\r
            > QBYF\\r
            < (53.0 47.0\\r
            > RE0\\r
            < #20\\r
            > QPD\\r
            < (000 120\\r
            """;

    private static Transcript unit() {
        return Transcript.of(UNIT);
    }

    private static Transcript unit(String protocol) {
        var link = unit();
        link.answer("QPI\r", "(PI" + protocol + "\r");
        return link;
    }

    @Test
    void readsAUnit() throws IOException {
        var report = Bench.poll(Bench.qx(unit()));
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.alarms()).isEmpty();
        assertThat(report.values())
                .containsAllEntriesOf(Map.ofEntries(
                        Map.entry("driver.version.data", "Voltronic"),
                        Map.entry("ups.firmware.aux", "P01"),
                        Map.entry("input.voltage", "214.3"),
                        Map.entry("input.frequency", "50.0"),
                        Map.entry("output.voltage", "229.9"),
                        Map.entry("output.current", "0.0"),
                        Map.entry("ups.load", "12"),
                        Map.entry("ups.temperature", "28.5"),
                        Map.entry("ups.type", "online"),
                        Map.entry("ups.beeper.status", "enabled"),
                        Map.entry("device.mfr", "BOH"),
                        Map.entry("device.model", "WPHVT1K0"),
                        Map.entry("device.serial", "00012345678"),
                        Map.entry("ups.firmware", "01060.07"),
                        Map.entry("ups.power.nominal", "1000"),
                        Map.entry("output.powerfactor", "0.9"),
                        Map.entry("input.phases", "1"),
                        Map.entry("battery.voltage", "27.20"),
                        Map.entry("battery.packs", "1"),
                        Map.entry("battery.charge", "68"),
                        Map.entry("battery.runtime", "22440"),
                        Map.entry("battery.voltage.low", "20.0"),
                        Map.entry("output.power.minimum.percent", "5"),
                        Map.entry("outlet.0.switchable", "yes"),
                        Map.entry("outlet.1.status", "on"),
                        Map.entry("outlet.1.switchable", "yes"),
                        Map.entry("outlet.1.delay.shutdown", "300"),
                        Map.entry("input.transfer.high", "242"),
                        Map.entry("input.transfer.low.max", "223"),
                        Map.entry("ups.start.auto", "no"),
                        Map.entry("battery.protection", "yes")));
        assertThat(report.values()).doesNotContainKeys("outlet.2.status", "eco_mode", "mode", "battery_number");
        assertThat(report.commands())
                .contains("outlet.1.load.off", "beeper.enable", "bypass.start")
                .doesNotContain("outlet.2.load.off");
        assertThat(report.type("input.transfer.high").ranges()).containsExactly(new Range(237, 254));
        assertThat(report.type("input.frequency.low").ranges()).containsExactly(new Range(40, 47));
        assertThat(report.type("ups.start.auto").choices()).containsExactly("no", "yes");
        assertThat(report.type("input.voltage").writable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "100000000001, OL",
        "101000000001, OB",
        "100100000001, OL LB",
        "100010000001, OL BOOST",
        "100000010001, OL CAL",
        "100000001001, OL FSD",
    })
    void wordsTheStatusBits(String bits, String status) throws IOException {
        var link = unit();
        link.answer("QGS\r", "(214.3 50.0 229.9 50.0 000.0 012 369.1 ---.- 027.2 ---.- 028.5 " + bits + "\r");
        assertThat(String.join(" ", Bench.poll(Bench.qx(link)).status())).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "L, OL, ''",
        "S, OL OFF, ''",
        "Y, OL BYPASS, ''",
        "T, OL CAL, ''",
        "E, OL ECO, ''",
        "C, OL, ''",
        "P, OL, UPS is switching on",
        "D, OL FSD, UPS is shutting down",
        "F, OL, UPS reports a fault; UPS fault code 14",
        "?, OL, ''",
    })
    void wordsTheMode(String letter, String status, String alarms) throws IOException {
        var link = unit();
        link.answer("QMOD\r", "(" + letter + "\r");
        link.answer("QFS\r", "(14 212.1 50.0 005.6 49.9 006 010 343.8 ---.- 026.2 021.8 01101100\r");
        var report = Bench.poll(Bench.qx(link));
        assertThat(String.join(" ", report.status())).isEqualTo(status);
        assertThat(String.join("; ", report.alarms())).isEqualTo(alarms);
    }

    @Test
    void keepsModeAndWarningsBetweenFullPolls() throws IOException {
        var link = unit();
        link.answer("QMOD\r", "(Y\r");
        link.answer("QWS\r", "(" + "0".repeat(8) + "1" + "0".repeat(55) + "\r");
        var session = Bench.qx(link, "pollfreq = 3600");
        var report = Bench.poll(session);
        link.asked().clear();
        session.poll(report.next(), Due.QUICK);
        assertThat(link.asked()).containsExactly("QGS");
        assertThat(report.status()).containsExactlyInAnyOrder("OL", "BYPASS", "OVER");
        assertThat(report.alarms()).containsExactly("UPS warning: overload");
    }

    @ParameterizedTest
    @CsvSource({
        "02, false, false, 241",
        "03, true,  false, 241",
        "09, false, false, 237",
        "10, true,  true,  241",
        "31, false, false, 0",
    })
    void asksWhatTheProtocolNumberSays(String protocol, boolean third, boolean thirdOut, long high) throws IOException {
        var link = unit(protocol);
        for (String query : new String[] {"Q3PV\r", "Q3OV\r", "Q3YV\r"})
            link.answer(query, "(230.0 231.0 232.0 398.0 399.0 400.0\r");
        for (String query : new String[] {"Q3PC\r", "Q3OC\r", "Q3LD\r"}) link.answer(query, "(001 002 003\r");
        var variables = Bench.poll(Bench.qx(link)).values();
        assertThat(variables.containsKey("input.L3.current")).isEqualTo(third);
        assertThat(variables.containsKey("output.L3.current")).isEqualTo(thirdOut);
        assertThat(variables.containsKey("output.bypass.L3-N.voltage")).isEqualTo(thirdOut);
        assertThat(variables.getOrDefault("input.transfer.high.min", "0")).isEqualTo(Long.toString(high));
        assertThat(link.asked().contains("QBYV")).isEqualTo(!protocol.equals("31"));
    }

    @ParameterizedTest
    @CsvSource({
        "load.off, '', SOFF",
        "load.on, '', SON",
        "shutdown.return, '', S.5R0003",
        "shutdown.stayoff, '', S.5R0000",
        "shutdown.stop, '', CS",
        "test.battery.start, '', T10",
        "test.battery.start, 59, T.9",
        "test.battery.start.deep, '', TL",
        "test.battery.stop, '', CT",
        "beeper.toggle, '', BZOFF",
        "beeper.disable, '', PDA",
        "bypass.start, '', PEE",
        "outlet.1.load.off, '', SKOFF1",
    })
    void sendsCommands(String command, String argument, String wire) throws IOException {
        var link = unit();
        link.answer(wire + "\r", "(ACK\r");
        var session = Bench.qx(link);
        Bench.poll(session);
        assertThat(session.run(command, argument)).isEqualTo(Outcome.handled());
        assertThat(link.asked()).endsWith(wire);
    }

    @ParameterizedTest
    @CsvSource({
        "battery.packs, 2, BATGN02",
        "battery.voltage.low, 24, W0E24",
        "ups.start.auto, yes, PER",
        "ups.start.auto, yes, PER",
        "battery.energysave, yes, PEG",
        "outlet.0.switchable, no, PDJ",
        "outlet.1.delay.shutdown, 125, PSK1002",
        "input.transfer.high, 240, HEH240",
        "input.transfer.low, 212, HEL212",
        "input.frequency.high, 55.5, FREH55.5",
        "input.frequency.low, 45, FREL45.0",
    })
    void sendsSettings(String variable, String value, String wire) throws IOException {
        var link = unit();
        link.answer(wire + "\r", "(ACK\r");
        var session = Bench.qx(link);
        Bench.poll(session);
        assertThat(session.set(variable, value)).isEqualTo(Outcome.handled());
        assertThat(link.asked()).endsWith(wire);
    }

    @Test
    void refusesWhatTheUpsRefusesAndWhatItHasNot() throws IOException {
        var link = unit();
        link.answer("BATGN02\r", "(NAK\r");
        var session = Bench.qx(link);
        Bench.poll(session);
        assertThat(session.set("battery.packs", "2").reason()).isEqualTo("the UPS answered '(NAK'");
        assertThat(session.set("battery.type", "AGM")).isEqualTo(Outcome.unknown());
        assertThat(session.set("eco_mode", "enabled")).isEqualTo(Outcome.unknown());
        assertThat(session.run("outlet.2.load.off", "")).isEqualTo(Outcome.unknown());
    }

    @Test
    void appliesTheOptionsOfTheSectionOnce() throws IOException {
        var link = unit();
        for (String wire : new String[] {"PEE", "PHV240", "BATN3", "PPD180"}) link.answer(wire + "\r", "(ACK\r");
        var session = Bench.qx(
                link,
                "alarm_control = enabled",
                "eco_mode = enabled",
                "max_bypass_volt = 240",
                "min_bypass_volt = 300",
                "battery_number = 3",
                "output_phase_angle = 180",
                "reset_to_default");
        Bench.poll(session);
        assertThat(link.asked()).contains("PEE", "PHV240", "BATN3", "PPD180").doesNotContain("PEA", "PLV300", "PF");
        link.asked().clear();
        Bench.poll(session);
        assertThat(link.asked()).contains("QFLAG").doesNotContain("PEE", "PHV240");
    }

    @Test
    void doesNotLetSilenceEatTheTimeOfAPoll() throws IOException {
        var link = Transcript.of(UNIT.substring(0, UNIT.indexOf("> QRI")));
        var session = Bench.qx(link);
        link.asked().clear();
        Bench.poll(session);
        assertThat(link.asked()).hasSizeLessThan(16);
        for (int i = 0; i < 5; i++) Bench.poll(session);
        link.asked().clear();
        Bench.poll(session);
        assertThat(link.asked()).as("all given up").containsExactly("QGS");
    }

    @Test
    void appliesTheOtherOptionsThoughTheLineFailsAtOne() throws IOException {
        var unit = unit();
        for (String wire : new String[] {"PEE", "BATN3", "PPD180"}) unit.answer(wire + "\r", "(ACK\r");
        var session = Bench.qx(
                new Failing(unit, "PHV240\r"),
                "eco_mode = enabled",
                "max_bypass_volt = 240",
                "battery_number = 3",
                "output_phase_angle = 180");
        assertThat(Bench.poll(session).status()).as("the reading stands").containsExactly("OL");
        assertThat(unit.asked()).contains("PEE", "BATN3", "PPD180").doesNotContain("PHV240");
    }

    /** A line that fails when it is to carry that, and is well otherwise. */
    private record Failing(ByteLink link, String at) implements ByteLink {
        @Override
        public void write(byte[] bytes) throws IOException {
            if (new String(bytes, StandardCharsets.ISO_8859_1).equals(at)) throw new IOException("takes no bytes");
            link.write(bytes);
        }

        @Override
        public int read(byte[] into, Duration wait) throws IOException {
            return link.read(into, wait);
        }

        @Override
        public void discard() throws IOException {
            link.discard();
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
