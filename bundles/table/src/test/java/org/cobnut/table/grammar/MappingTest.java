package org.cobnut.table.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cobnut.model.Outcome;
import org.cobnut.model.Range;
import org.cobnut.table.TableSession;
import org.cobnut.table.grammar.Kinds.Columns;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingException;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTest {
    private static final String IETF = """
            mapping ietf 1.55 oid
            match   sysobjectid 1.3.6.1.2.1.33
            base    1.3.6.1.2.1.33.1
            lookup  source 3=OL 4=BYPASS 5=OB 6="OL BOOST"
            status  .4.1.0  lookup source
            alarm   .6.1.0  3="low battery" 8=overload  full
            flag    RB      .6.9.0  full
            var     battery.charge    .2.4.0  round 0
            var     battery.runtime   .2.3.0  times 60
            var     battery.voltage   .2.5.0  times 0.1
            var     battery.current   .2.6.0  times 0.1 from 0
            var     ups.mfr           .1.1.0  once else "Generic"
            var     input.phases      .3.2.0  round 0 once
            when input.phases = 1
                var input.voltage     .3.3.1.3.1
            end
            when input.phases = 3
                for i 1 to 3
                    var input.L{i}-N.voltage  .3.3.1.3.{i}
                end
            end
            set     battery.charge.low .9.7.0  range 0 100 change
            keep    ups.delay.start 30 range 0 600
            const   device.type ups
            command test.battery.stop  .7.1.0  1.3.6.1.2.1.33.1.7.7.2
            command shutdown.return    .8.3.0  {ups.delay.start} then .8.2.0 {argument:20}
            var     battery.voltage.high   .2.5.0  times 0.1 compact
            var     battery.charge.restart .2.4.0  times 2 compact
            """;
    private final TestReport report = new TestReport();

    private static <A> TableSession<A> session(Kinds.Memory<A> wire, Mapping<A> mapping) {
        return new TableSession<>(wire, mapping.table());
    }

    private static List<String> origins(TableSession<?> session) {
        return session.origins().stream()
                .map(row -> row.use() + " " + row.name() + " " + row.origin().orElse("-"))
                .toList();
    }

    @Test
    void servesObjectsOfAnAgent() throws Exception {
        var wire = new Kinds.Memory<String>();
        String base = "1.3.6.1.2.1.33.1";
        wire.values.put(base + ".4.1.0", "6");
        wire.values.put(base + ".6.1.0", "8");
        wire.values.put(base + ".6.9.0", "1");
        wire.values.put(base + ".2.3.0", "12");
        wire.values.put(base + ".2.4.0", "97");
        wire.values.put(base + ".2.5.0", "547");
        wire.values.put(base + ".2.6.0", "-1");
        wire.values.put(base + ".3.2.0", "3");
        wire.values.put(base + ".3.3.1.3.2", "231");
        wire.values.put(base + ".9.7.0", "20");
        Mapping<String> mapping = Kinds.compile(Kinds.OID, IETF);
        var session = session(wire, mapping);
        report.poll(session);
        assertThat(report.status()).containsExactly("OL", "BOOST", "RB");
        assertThat(report.alarms()).containsExactly("overload");
        assertThat(report.values())
                .containsEntry("battery.charge", "97")
                .containsEntry("battery.runtime", "720")
                .containsEntry("battery.voltage", "54.7")
                .containsEntry("battery.voltage.high", "54.70")
                .containsEntry("battery.charge.restart", "194")
                .containsEntry("input.L2-N.voltage", "231")
                .containsEntry("device.type", "ups")
                .doesNotContainKeys("battery.current", "input.voltage", "ups.mfr");
        assertThat(report.type("battery.charge.low").ranges()).containsExactly(new Range(0, 100));
        assertThat(session.set("battery.charge.low", "30")).isEqualTo(Outcome.handled());
        assertThat(session.run("shutdown.return", "")).isEqualTo(Outcome.handled());
        assertThat(session.run("test.battery.stop", "")).isEqualTo(Outcome.handled());
        assertThat(wire.written)
                .containsExactly(
                        base + ".9.7.0=30",
                        base + ".8.3.0=30",
                        base + ".8.2.0=20",
                        base + ".7.1.0=1.3.6.1.2.1.33.1.7.7.2");
        assertThat(origins(session))
                .contains(
                        "variable battery.charge own.map:8",
                        "status RB own.map:7",
                        "alarm overload own.map:6",
                        "setting battery.charge.low own.map:22",
                        "setting ups.delay.start own.map:23",
                        "variable device.type own.map:24",
                        "command shutdown.return own.map:26");
        assertThat(mapping.matches()).containsEntry("sysobjectid", List.of("1.3.6.1.2.1.33"));
    }

    @Test
    void servesColumnsOfText() throws Exception {
        Mapping<Columns> mapping = Kinds.compile(Kinds.TEXT, """
                mapping q1 1 text
                question Q1
                question F
                # (MMM.M NNN.N PPP.P QQQ RR.R SS.S TT.T b7..b0
                # 0123456789012345678901234567890123456789012345
                var    input.voltage          Q1:1-5    round 1 quick
                var    battery.voltage        Q1:28-31  round 2 quick
                flag   OB | OL                Q1:38-38
                flag   LB                     Q1:39-39
                var    ups.beeper.status      Q1:45-45  0=disabled 1=enabled
                var    input.voltage.nominal  F:1-5     round 0 once
                command test.battery.start    Q1:0-0    {argument:600} via minutes
                """);
        var wire = new Kinds.Answers();
        wire.answers.put("Q1", "(229.9 000.0 231.9 010 50.0 27.3 25.0 11001001");
        var session = session(wire, mapping);
        report.poll(session);
        assertThat(report.status()).containsExactly("OB", "LB");
        assertThat(report.values())
                .containsEntry("input.voltage", "229.9")
                .containsEntry("battery.voltage", "27.30")
                .containsEntry("ups.beeper.status", "enabled")
                .doesNotContainKey("input.voltage.nominal");
        session.run("test.battery.start", "");
        assertThat(wire.written).containsExactly("Columns[question=Q1, from=0, to=0]=10");
    }

    @Test
    void showsAnEmptyTextOnlyWhereItCanBeWritten() throws Exception {
        var wire = new Kinds.Memory<String>();
        for (String address : List.of("1.1", "1.2", "1.3")) wire.values.put(address, " ");
        var session = session(wire, Kinds.compile(Kinds.OID, """
                mapping own 1 oid
                set device.location 1.1 length 20
                set ups.delay.start 1.2
                var ups.id          1.3
                """));
        report.poll(session);
        assertThat(report.values())
                .containsEntry("device.location", "")
                .doesNotContainKeys("ups.delay.start", "ups.id");
        assertThat(session.set("device.location", "Rack 7")).isEqualTo(Outcome.handled());
        assertThat(wire.written).containsExactly("1.1=Rack 7");
    }

    @Test
    void servesRegistersAndTheNumberOfOutletsThatTheDeviceTells() throws Exception {
        Mapping<Integer> mapping = Kinds.compile(Kinds.REGISTER, """
                mapping strip 2 register
                var  battery.temperature 7  via signed
                var  outlet.count 10 round 0
                for i 1 to outlet.count most 4
                    set outlet.{i}.status 10{i} 0=off 1=on
                    command outlet.{i}.load.off 10{i} 0
                    var outlet.{i}.desc 20{i-1} else outlet
                end
                """);
        var wire = new Kinds.Memory<Integer>();
        wire.values.put(7, "65535");
        wire.values.put(10, "2");
        wire.values.put(101, "1");
        wire.values.put(102, "0");
        wire.values.put(200, "fridge");
        var session = session(wire, mapping);
        report.poll(session);
        assertThat(report.values())
                .containsEntry("battery.temperature", "-1")
                .containsEntry("outlet.1.status", "on")
                .containsEntry("outlet.2.status", "off")
                .containsEntry("outlet.1.desc", "fridge")
                .doesNotContainKey("outlet.3.status");
        assertThat(report.commands()).containsExactly("outlet.1.load.off", "outlet.2.load.off");
        assertThat(report.type("outlet.1.status").choices()).containsExactlyInAnyOrder("off", "on");
        assertThat(session.set("outlet.2.status", "on")).isEqualTo(Outcome.handled());
        assertThat(session.set("outlet.2.status", "maybe").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(wire.written).containsExactly("102=1");
    }

    @Test
    void takesOverRowsGivesThemAnewAndDropsThem() throws Exception {
        MappingFile parent = MappingFile.parse("ietf.map", IETF.getBytes(StandardCharsets.ISO_8859_1));
        Mapping<String> child = Kinds.compile(Kinds.OID, """
                mapping mine 1 oid
                extends ietf
                drop alarm battery.current test.battery.stop
                var battery.voltage .2.5.0 times 1
                """, parent);
        var wire = new Kinds.Memory<String>();
        wire.values.put("1.3.6.1.2.1.33.1.4.1.0", "3");
        wire.values.put("1.3.6.1.2.1.33.1.2.5.0", "54");
        wire.values.put("1.3.6.1.2.1.33.1.6.1.0", "8");
        var session = session(wire, child);
        report.poll(session);
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.alarms()).isEmpty();
        assertThat(report.values()).containsEntry("battery.voltage", "54");
        assertThat(report.commands()).containsExactly("shutdown.return");
        assertThat(origins(session)).contains("variable battery.voltage own.map:4");
        assertThat(child.matches()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            var                                | own.map:2: var needs a name
            var a b c d                        | own.map:2: 'b' is no OID
            var ups.load 1.2 round many        | own.map:2: the number of decimals is a whole number, not 'many'
            var ups.load 1.2 round 9           | own.map:2: decimals are 0 to 6, not 9
            var ups.load 1.2 times x           | own.map:2: the factor is a number, not 'x'
            var ups.load 1.2 times 0           | own.map:2: a factor of 0 makes every value 0
            var ups.load 1.2 lookup none       | own.map:2: there is no lookup none above this line
            var ups.load 1.2 via none          | own.map:2: there is no function none; there are none
            var ups.load 1.2 often             | own.map:2: 'often' is not understood here
            var ups:load 1.2                   | own.map:2: 'ups:load' is no name of a variable or command
            status 1.2                         | own.map:2: it needs words, as 3=OL 5=OB
            status 1.2 3=OL 3=OB               | own.map:2: '3' has two texts
            command load.off 1.2               | own.map:2: command needs what is written
            command load.off 1.2 3 4           | own.map:2: '4' is not understood here
            keep ups.delay.start 700 range 0 9 | own.map:2: ups.delay.start is 0 to 9, not '700'
            lookup x                           | own.map:2: a lookup needs pairs, as 3=OL
            match sysobjectid                  | own.map:2: match needs what is compared and with what
            wer                                | own.map:2: 'wer' begins no line of a mapping
            end                                | own.map:2: there is no for or when that this end closes
            when x                             | own.map:2: when without an end
            extends                            | own.map:2: extends takes the name of one mapping, once
            extends nobody                     | own.map:2: there is no mapping nobody to extend
            drop ups.load                      | own.map:2: there is no ups.load to drop
            var ups.load 1.2 only              | own.map:2: only belongs to status, alarm and flag
            status 1.2 only                    | own.map:2: it needs words, as 3=OL 5=OB
            set a 1.2 range 9 1                | own.map:2: range 9 to 1
            """)
    void saysFileLineAndReasonOfAFault(String line, String message) {
        assertThatThrownBy(() -> Kinds.compile(Kinds.OID, "mapping m 1 oid\n" + line + "\nvar ups.load 1.3\n"))
                .isInstanceOf(MappingException.class)
                .hasMessage(message);
    }

    @Test
    void saysAllFaultsOfAFileAndNotMoreThanTwenty() {
        assertThatThrownBy(() -> Kinds.compile(Kinds.OID, "mapping m 1 oid\n" + "bad\n".repeat(1000)))
                .satisfies(e -> assertThat(((MappingException) e).faults()).hasSize(20));
        assertThatThrownBy(() -> Kinds.compile(Kinds.OID, "var a.b 1.2\n"))
                .hasMessage("own.map:1: the first line must be: mapping NAME VERSION KIND");
        assertThatThrownBy(() -> Kinds.compile(Kinds.OID, "mapping m 1 oid\nvar a.b \"1.2\n"))
                .hasMessage("own.map:2: a quote begins here and never ends");
    }

    @Test
    void boundsWhatAFileMayComeTo() {
        String nested = """
                mapping m 1 oid
                for i 1 to 256
                for j 1 to 256
                for k 1 to 256
                var a.{i}.{j}.{k} 1.{i}.{j}.{k}
                end
                end
                end
                """;
        assertThatThrownBy(() -> Kinds.compile(Kinds.OID, nested)).hasMessageContaining("more than 20000 rows");
        var itself = """
                mapping m 1 oid
                extends m
                """;
        assertThatThrownBy(() -> Kinds.compile(
                        Kinds.OID, itself, MappingFile.parse("own.map", itself.getBytes(StandardCharsets.ISO_8859_1))))
                .hasMessageContaining("it extends itself");
    }

    @Test
    void refusesACommandWhoseArgumentIsMissing() throws IOException, MappingException {
        Mapping<String> mapping = Kinds.compile(Kinds.OID, "mapping m 1 oid\ncommand load.off.delay 1.2 {argument}\n");
        var session = session(new Kinds.Memory<String>(), mapping);
        assertThat(session.run("load.off.delay", "")).isEqualTo(Outcome.invalid("it needs an argument"));
    }

    @Test
    void takesOverTheMatchesOfTheMappingThatItStandsFor() throws Exception {
        MappingFile parent = MappingFile.parse("ietf.map", IETF.getBytes(StandardCharsets.ISO_8859_1));
        String mine = "mapping ietf 2 oid\nextends ietf\nvar battery.voltage .2.5.0 times 1\n";
        assertThat(Kinds.compile(Kinds.OID, mine, parent).matches()).containsKey("sysobjectid");
        String other = mine + "match sysobjectid 1.2.3\n";
        assertThat(Kinds.compile(Kinds.OID, other, parent).matches()).containsEntry("sysobjectid", List.of("1.2.3"));
    }

    @Test
    void convertsWhatAFunctionMakes() throws Exception {
        Mapping<Integer> mapping =
                Kinds.compile(Kinds.REGISTER, "mapping m 1 register\nvar battery.temperature 7 via signed times 0.1\n");
        var wire = new Kinds.Memory<Integer>();
        wire.values.put(7, "65531");
        assertThat(report.poll(session(wire, mapping)).values()).containsEntry("battery.temperature", "-0.5");
    }

    @ParameterizedTest
    @CsvSource({
        "status 1.2 0=OL 1=OB only, 2, stands where a 0 or a 1 should",
        "flag OB | OL 1.2 only,     2, stands where a 0 or a 1 should",
        "flag OB | OL 1.2,       off?, stands where true or false should",
    })
    void failsAReadingWhoseStatusCannotBe(String line, String answer, String message) throws Exception {
        var wire = new Kinds.Memory<String>();
        wire.values.put("1.2", "0");
        var session = session(wire, Kinds.compile(Kinds.OID, "mapping m 1 oid\n" + line + "\n"));
        assertThat(report.poll(session).status()).containsExactly("OL");
        wire.values.put("1.2", answer);
        assertThatThrownBy(() -> report.poll(session)).hasMessageContaining(message);
    }

    @Test
    void neverDropsWordsOfALineInSilence() {
        String pairs = "1=a ".repeat(11);
        assertThatThrownBy(() -> Kinds.compile(Kinds.OID, "mapping m 1 oid\nlookup x " + pairs + "\nvar a.b 1.2\n"))
                .hasMessageStartingWith("own.map:2: a line has fewer than 32 words");
        String deep = "when x\n".repeat(5000) + "var a.b 1.2\n" + "end\n".repeat(5000);
        assertThatThrownBy(() -> Kinds.compile(Kinds.OID, "mapping m 1 oid\n" + deep))
                .hasMessage("own.map:10: more than 8 blocks in each other");
    }
}
