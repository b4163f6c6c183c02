package org.cobnut.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.driver.Due;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;

class TableSessionTest {
    private final FakeWire wire =
            new FakeWire(1).with("s/power", "1").with("s/low", "0").with("m/volts", "2301");
    private final TestReport report = new TestReport();

    private TableSession<String> session(List<Row<String>> rows) {
        return new TableSession<>(wire, Table.of("test", rows));
    }

    private static List<Row<String>> basic() {
        return List.of(
                Row.flag("s/power", Words.bit("OB", "OL")),
                Row.flag("s/low", Words.bit("", "LB")),
                Row.field("m/volts", "input.voltage", Format.times(0.1, 1)),
                Row.<String>field("i/model", "device.model", Format.text()).every(Cadence.ONCE));
    }

    @Test
    void publishesWhatTheRowsSay() throws IOException {
        wire.with("i/model", "  Ellipse ");
        report.poll(session(basic()));
        assertThat(report.status()).containsExactly("OL");
        assertThat(report.values())
                .containsExactly(Map.entry("device.model", "Ellipse"), Map.entry("input.voltage", "230.1"));
    }

    @Test
    void readsTheUnitsOfOneBatchTogetherAndEachOnce() throws IOException {
        var batched = new FakeWire(8)
                .with("s/power", "1")
                .with("s/low", "1")
                .with("m/volts", "1")
                .with("i/model", "x");
        report.poll(new TableSession<>(batched, Table.of("test", basic())));
        assertThat(batched.read).containsExactly("s m i");
        assertThat(report.status()).containsExactly("OL", "LB");
    }

    @Test
    void readsWhatIsDue() throws IOException {
        wire.with("i/model", "x");
        var session = session(basic());
        report.poll(session, Due.QUICK);
        assertThat(wire.read).as("all of it at first").containsExactly("s", "m", "i");
        wire.read.clear();
        report.poll(session, Due.QUICK);
        assertThat(wire.read).containsExactly("s");
        report.poll(session);
        assertThat(wire.read).containsExactly("s", "s", "m");
    }

    @Test
    void doesNotAskAgainWhatWasNeverAnswered() throws IOException {
        var session = session(basic());
        report.poll(session);
        assertThat(wire.read).contains("i");
        wire.read.clear();
        report.poll(session);
        assertThat(wire.read).containsExactly("s", "m");
    }

    @Test
    void believesNoSilenceOfADeviceThatThenTellsNothing() throws IOException {
        var rows = new ArrayList<>(basic());
        Collections.reverse(rows);
        var session = session(rows);
        wire.late = "s";
        assertThatIOException().isThrownBy(() -> report.poll(session));
        wire.late = "";
        wire.with("i/model", "x");
        report.poll(session);
        assertThat(report.values()).containsEntry("device.model", "x");
    }

    @Test
    void asksAgainForAnAnswerThatWasLostAndKeepsWhatIsKnown() throws IOException {
        wire.with("i/model", "x");
        wire.late = "i";
        var session = session(basic());
        report.poll(session);
        assertThat(report.values()).containsOnlyKeys("input.voltage");
        wire.late = "m";
        report.poll(session, Due.QUICK);
        assertThat(report.values())
                .as("the lost one now, the other still")
                .containsKeys("device.model", "input.voltage");
        wire.late = "s";
        assertThatIOException().isThrownBy(() -> report.poll(session));
    }

    @Test
    void takesARowOnceThoughItsUnitIsReadOften() throws IOException {
        var session = session(List.of(
                Row.flag("s/power", Words.bit("OB", "OL")),
                Row.<String>field("s/type", "ups.type", Format.text()).every(Cadence.ONCE)));
        wire.with("s/type", "online");
        report.poll(session);
        wire.with("s/type", "offline");
        report.poll(session);
        assertThat(report.values()).containsEntry("ups.type", "online");
    }

    @Test
    void forgetsWhatIsNoLongerAnsweredAndAsksForItAgain() throws IOException {
        var session = session(basic());
        assertThat(report.poll(session).values()).containsKey("input.voltage");
        wire.values.remove("m/volts");
        assertThat(report.poll(session).values()).doesNotContainKey("input.voltage");
        wire.with("m/volts", "2305");
        assertThat(report.poll(session).values()).containsEntry("input.voltage", "230.5");
    }

    @Test
    void failsWhenAQuickRowGotAnAnswerThatCannotBe() {
        wire.with("s/power", "x");
        assertThatIOException()
                .isThrownBy(() -> report.poll(session(basic())))
                .withMessage("test, s: 'x' stands where a 0 or a 1 should");
    }

    @Test
    void leavesTheRestForTheNextPollWhenSixUnitsAreSilent() throws IOException {
        var rows = new ArrayList<Row<String>>(basic().subList(0, 2));
        for (int i = 0; i < 8; i++) rows.add(Row.field("u" + i + "/v", "ambient." + i + ".humidity", Format.text()));
        var session = session(rows);
        report.poll(session);
        assertThat(wire.read).hasSize(1 + 6);
        wire.read.clear();
        report.poll(session);
        assertThat(wire.read).containsExactly("s", "u6", "u7");
    }

    @Test
    void goesOnWhenTheWireHasThePatience() throws IOException {
        var rows = new ArrayList<Row<String>>(basic().subList(0, 2));
        for (int i = 0; i < 8; i++) rows.add(Row.field("u" + i + "/v", "ambient." + i + ".humidity", Format.text()));
        wire.patience = 100;
        report.poll(session(rows));
        assertThat(wire.read).hasSize(1 + 8);
    }

    @Test
    void readsARowWithAConditionAfterWhatTheConditionLooksAt() throws IOException {
        var batched = new FakeWire(100).with("p/count", "3").with("a/l1", "230").with("b/one", "229");
        var rows = List.<Row<String>>of(
                Row.field("p/count", "input.phases", Format.fixed(0)),
                Row.<String>field("b/one", "input.voltage", Format.fixed(0)).when(Condition.is("input.phases", "1")),
                Row.<String>field("a/l1", "input.L1-N.voltage", Format.fixed(0))
                        .when(Condition.is("input.phases", "3")));
        report.poll(new TableSession<>(batched, Table.of("test", rows)));
        assertThat(batched.read).containsExactly("p", "a");
        assertThat(report.values()).containsKey("input.L1-N.voltage").doesNotContainKey("input.voltage");
    }

    @Test
    void readsRowsWithConditionsInOneGoOnceTheyAreKnown() throws IOException {
        var batched = new FakeWire(100).with("p/count", "3").with("a/l1", "230").with("b/one", "229");
        var rows = List.<Row<String>>of(
                Row.field("p/count", "input.phases", Format.fixed(0)),
                Row.<String>field("b/one", "input.voltage", Format.fixed(0)).when(Condition.is("input.phases", "1")),
                Row.<String>field("a/l1", "input.L1-N.voltage", Format.fixed(0))
                        .when(Condition.is("input.phases", "3")));
        var session = new TableSession<>(batched, Table.of("test", rows));
        report.poll(session);
        batched.read.clear();
        report.poll(session);
        assertThat(batched.read).containsExactly("p a");

        batched.read.clear();
        batched.with("p/count", "1");
        report.poll(session);
        assertThat(batched.read).containsExactly("p a", "b");
        assertThat(report.values()).containsEntry("input.voltage", "229").doesNotContainKey("input.L1-N.voltage");
    }

    @Test
    void sharesTheRowsOfPartsAmongDevicesThatHaveAsMany() {
        var table = Table.of(
                "test",
                List.<Row<String>>of(Row.loop(
                        "outlet.count",
                        8,
                        i -> List.of(Row.field("o/" + i, "outlet." + i + ".status", Format.text())))));
        assertThat(table.unrolled(name -> Optional.of("2"))).isSameAs(table.unrolled(name -> Optional.of("2")));
        for (int parts = 0; parts < 1000; parts++) {
            String many = Integer.toString(parts);
            assertThat(table.unrolled(name -> Optional.of(many)).counts()).containsEntry("outlet.count", parts);
        }
    }

    @Test
    void tellsTheRowsOfWhatItPublishedLast() throws IOException {
        wire.with("a/x", "1").with("b/x", "2");
        var session = session(List.of(
                Row.<String>field("a/x", "ups.load", Format.fixed(0)).from("one:1"),
                Row.<String>field("b/x", "ups.load", Format.fixed(0)).from("one:2")));
        report.poll(session);
        assertThat(session.origins()).extracting(RowOrigin::origin).containsExactly(Optional.of("one:2"));
        assertThat(session.origins()).isSameAs(session.origins());
        wire.values.remove("b/x");
        report.poll(session);
        assertThat(session.origins()).extracting(RowOrigin::origin).containsExactly(Optional.of("one:1"));
    }

    @Test
    void tellsTheOtherRowOfAWordThatStays() throws IOException {
        var session = session(List.of(
                Row.<String>flag("s/power", Words.bit("", "OL")).from("one:1"),
                Row.<String>flag("s/low", Words.bit("", "OL")).from("one:2")));
        report.poll(session);
        assertThat(session.origins()).extracting(RowOrigin::origin).containsExactly(Optional.of("one:1"));
        wire.with("s/power", "0").with("s/low", "1");
        report.poll(session);
        assertThat(report.status()).containsExactly("OL");
        assertThat(session.origins()).extracting(RowOrigin::origin).containsExactly(Optional.of("one:2"));
    }

    @Test
    void noticesEachChangeOfARound() {
        var changes = new Changes();
        assertThat(round(changes, "a", null, "b")).isTrue();
        assertThat(round(changes, "a", null, "b")).isFalse();
        assertThat(round(changes, "a", "c", "b")).isTrue();
        assertThat(round(changes, "a", "c")).as("fewer").isTrue();
        assertThat(round(changes, "a", "c", "b")).as("more").isTrue();
        assertThat(round(changes, "a", "c", "b")).isFalse();
    }

    private static boolean round(Changes changes, String... things) {
        changes.begin();
        for (String thing : things) changes.add(thing);
        return changes.end();
    }

    @Test
    void shutsDownAsItIsToldAndElseByItsRow() throws IOException {
        List<Row<String>> rows = List.of(
                Row.command("load.off", "off", (text, known) -> "now"),
                Row.command("shutdown.default", "row", (text, known) -> "soon"));
        assertThat(session(rows).run("Shutdown.default", "")).isEqualTo(Outcome.handled());
        assertThat(session(rows).shutsDownBy("load.off").run("shutdown.default", ""))
                .isEqualTo(Outcome.handled());
        assertThat(session(List.of()).run("shutdown.default", "")).isEqualTo(Outcome.unknown());
        assertThat(wire.written).containsExactly("row=soon", "off=now");
    }

    @Test
    void followsTheNumberOfPartsUpAndDown() throws IOException {
        var rows = List.<Row<String>>of(
                Row.field("n/outlets", "outlet.count", Format.fixed(0)),
                Row.loop(
                        "outlet.count",
                        8,
                        i -> List.of(Row.field("o/" + i, "outlet." + i + ".status", Format.text()))));
        wire.with("n/outlets", "2").with("o/1", "on").with("o/2", "off").with("o/3", "on");
        var session = session(rows);
        assertThat(report.poll(session).values())
                .containsEntry("outlet.1.status", "on")
                .containsEntry("outlet.2.status", "off")
                .doesNotContainKey("outlet.3.status");
        wire.with("n/outlets", "3");
        assertThat(report.poll(session).values()).containsEntry("outlet.3.status", "on");
        wire.with("n/outlets", "1");
        assertThat(report.poll(session).values())
                .containsKey("outlet.1.status")
                .doesNotContainKeys("outlet.2.status", "outlet.3.status");
    }

    @Test
    void readsOnceWhatPartsHaveInAUnitThatWasAskedBefore() throws IOException {
        var rows = List.<Row<String>>of(
                Row.field("n/outlets", "outlet.count", Format.fixed(0)),
                Row.<String>field("n/type", "device.type", Format.text()).every(Cadence.ONCE),
                Row.loop(
                        "outlet.count",
                        8,
                        i -> List.of(Row.<String>field("n/name" + i, "outlet." + i + ".name", Format.text())
                                .every(Cadence.ONCE))));
        wire.with("n/outlets", "1").with("n/type", "pdu").with("n/name1", "one").with("n/name2", "two");
        var session = session(rows);
        assertThat(report.poll(session).values())
                .containsEntry("outlet.1.name", "one")
                .doesNotContainKey("outlet.2.name");
        wire.with("n/outlets", "2");
        assertThat(report.poll(session).values())
                .containsEntry("outlet.1.name", "one")
                .containsEntry("outlet.2.name", "two");
    }

    @Test
    void writesSettingsAndReadsThemBack() throws IOException {
        var rows = new ArrayList<>(basic());
        rows.add(Row.<String>field("c/low", "battery.charge.low", Format.fixed(0))
                .every(Cadence.CHANGE));
        rows.add(Row.setting(
                "battery.charge.low", "c/low", known -> Optional.of(VarType.number(10, 95)), (text, known) -> text));
        wire.with("c/low", "20");
        var session = session(rows);
        assertThat(report.poll(session).type("battery.charge.low").writable()).isTrue();
        wire.read.clear();
        assertThat(session.set("BATTERY.charge.low", "30")).isEqualTo(Outcome.handled());
        assertThat(wire.written).containsExactly("c/low=30");
        wire.with("c/low", "30");
        assertThat(report.poll(session).values()).containsEntry("battery.charge.low", "30");
        assertThat(session.set("input.voltage", "1")).isEqualTo(Outcome.unknown());
    }

    @Test
    void runsTheWritesOfACommandUntilOneFailsAndNoneWhenAnArgumentIsBad() throws IOException {
        Row.Argument number = (text, known) -> {
            if (!text.matches("\\d+")) throw new IllegalArgumentException("'" + text + "' is no number");
            return text;
        };
        var rows = new ArrayList<>(basic());
        rows.add(Row.<String>command("shutdown.return", "d/start", (text, known) -> known.value("ups.delay.start")
                        .orElseThrow())
                .then("d/stop", number));
        rows.add(Row.<String>parameter("ups.delay.start", VarType.number(0, 600), "60", number));
        var session = session(rows);
        assertThat(session.run("shutdown.return", "x").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(wire.written).isEmpty();
        assertThat(session.set("ups.delay.start", "90")).isEqualTo(Outcome.handled());
        assertThat(session.set("ups.delay.start", "soon").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(session.run("shutdown.return", "20")).isEqualTo(Outcome.handled());
        assertThat(wire.written).containsExactly("d/start=90", "d/stop=20");
        wire.outcome = Outcome.failed("it said no");
        wire.written.clear();
        assertThat(session.run("shutdown.return", "20")).isEqualTo(Outcome.failed("it said no"));
        assertThat(wire.written).containsExactly("d/start=90");
        assertThat(report.poll(session).values()).containsEntry("ups.delay.start", "90");
        assertThat(report.commands()).containsExactly("shutdown.return");
    }

    @Test
    void tellsOnlyTheCommandsThatTheDeviceHas() throws IOException {
        var rows = new ArrayList<>(basic());
        rows.add(Row.<String>command("beeper.toggle", "b/t", (text, known) -> "1")
                .when(Condition.has("ups.beeper.status")));
        var session = session(rows);
        assertThat(report.poll(session).commands()).isEmpty();
        assertThat(session.run("beeper.toggle", "")).isEqualTo(Outcome.unknown());
    }

    @Test
    void failsWhenTheDeviceIsLostAndClosesTheWire() throws IOException {
        var session = session(basic());
        report.poll(session);
        wire.lost = true;
        assertThatIOException().isThrownBy(() -> report.poll(session)).withMessage("the device is gone");
        wire.lost = false;
        assertThat(report.poll(session).status()).containsExactly("OL");
        session.close();
        assertThat(wire.closed).isTrue();
    }
}
