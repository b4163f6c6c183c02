package org.cobnut.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import org.cobnut.driver.Report;
import org.cobnut.model.Health;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.runtime.poll.Bench;
import org.cobnut.runtime.poll.Gadget;
import org.cobnut.runtime.section.CommonSettings;
import org.cobnut.runtime.section.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotBuilderTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private SnapshotBuilder snapshots = snapshots(Bench.section());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OL             |          | OL
            OL CHRG        |          | OL CHRG
            OL OL CHRG OL  |          | OL CHRG
            OB ALARM LB    |          | OB ALARM LB
            OL             | Fan      | ALARM OL
            ''             | Fan      | ALARM
            OL ALARM RB    | Fan      | ALARM OL RB
            """)
    void joinsStatusWordsOnceEachAndPutsAlarmFirst(String words, String alarm, String status) {
        Snapshot snapshot = poll(report -> {
            report.status(words);
            if (alarm != null) report.alarm(alarm);
        });
        assertThat(snapshot.value("ups.status")).hasValue(status);
    }

    @Test
    void joinsAlarmsByBlanksAndForgetsThemAtTheNextPoll() {
        Snapshot alarmed = poll(report -> {
            report.alarm("Fan failure!");
            report.alarm("Too hot!");
        });
        assertThat(alarmed.value("ups.alarm")).hasValue("Fan failure! Too hot!");
        Snapshot quiet = poll(report -> report.status("OL"));
        assertThat(quiet.value("ups.alarm")).isEmpty();
        assertThat(quiet.value("ups.status")).hasValue("OL");
    }

    @Test
    void takesAWholeStatusInPlaceOfTheWordsBeforeIt() {
        poll(report -> report.set("ups.status", "OL", VarType.text(32)));
        Snapshot snapshot = poll(report -> {
            report.status("OL");
            report.set("ups.status", "OB LB");
            report.status("RB");
        });
        assertThat(snapshot.value("ups.status")).hasValue("OB LB RB");
        assertThat(snapshot.variables().get("ups.status").type()).isEqualTo(VarType.text(32));
    }

    @Test
    void hasNoStatusWhenTheDriverSaysNone() {
        assertThat(poll(report -> report.set("outlet.count", "3")).value("ups.status"))
                .isEmpty();
    }

    @Test
    void keepsVariablesTypesAndCommandsUntilTheyAreSetOrRemoved() {
        poll(report -> {
            report.set("ups.id", "a", VarType.text(8));
            report.set("ups.test", "1");
            report.command("load.off");
            report.command("load.on");
        });
        Snapshot snapshot = poll(report -> {
            report.set("UPS.ID", "b");
            report.remove("ups.test");
            report.removeCommand("LOAD.ON");
        });
        assertThat(snapshot.value("ups.id")).hasValue("b");
        assertThat(snapshot.variables().get("ups.id").type()).isEqualTo(VarType.text(8));
        assertThat(snapshot.value("ups.test")).isEmpty();
        assertThat(snapshot.commands()).contains("load.off").doesNotContain("load.on");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            plain|plain
              blanks  |blanks
            tab\there|tabhere
            f\u00fcr 5 \u20ac|fr 5
            """)
    void keepsOnlyPrintableAscii(String value, String shown) {
        assertThat(poll(report -> report.set("ups.model", value)).value("ups.model"))
                .hasValue(shown);
    }

    @Test
    void cutsWhatNoClientWouldTake() {
        assertThat(poll(report -> report.set("ups.model", "x".repeat(600))).value("ups.model"))
                .hasValue("x".repeat(511));
    }

    @Test
    void cleansNamesAndLeavesOutWhatHasNone() {
        Snapshot snapshot = poll(report -> {
            report.set("ups. na\"me", "1");
            report.set(" \u00fc", "1");
        });
        assertThat(snapshot.value("ups.name")).hasValue("1");
        assertThat(snapshot.variables()).doesNotContainKey("");
    }

    @Test
    void addsNutsCommonCore() {
        snapshots = snapshots(Bench.section("mode = loop", "strict", "secret = hush"));
        Snapshot snapshot = poll(report -> {
            report.set("ups.mfr", "M");
            report.set("ups.model", "MM");
            report.set("ups.serial", "S");
            report.set("device.model", "own");
        });
        assertThat(Bench.values(snapshot))
                .containsExactly(
                        entry("device.mfr", "M"),
                        entry("device.model", "own"),
                        entry("device.serial", "S"),
                        entry("device.type", "ups"),
                        entry("driver.debug", "0"),
                        entry("driver.flag.allow_killpower", "0"),
                        entry("driver.flag.strict", "enabled"),
                        entry("driver.name", "gadget"),
                        entry("driver.parameter.mode", "loop"),
                        entry("driver.parameter.pollinterval", "2"),
                        entry("driver.parameter.port", "/dev/null"),
                        entry("driver.parameter.synchronous", "auto"),
                        entry("driver.state", "quiet"),
                        entry("driver.version", "2.8.5"),
                        entry("driver.version.internal", "0.1"),
                        entry("ups.mfr", "M"),
                        entry("ups.model", "MM"),
                        entry("ups.serial", "S"));
        assertThat(snapshot.commands())
                .containsExactly(
                        "driver.killpower",
                        "driver.reload",
                        "driver.reload-or-error",
                        "driver.reload-or-exit",
                        "shutdown.default");
    }

    @Test
    void letsTheDriverSayWhatItMadeOfItsParameters() {
        snapshots = snapshots(Bench.section("mode = dummy"));
        assertThat(poll(report -> report.set("driver.parameter.mode", "dummy-loop"))
                        .value("driver.parameter.mode"))
                .hasValue("dummy-loop");
    }

    @Test
    void usesDefaultsUntilTheDeviceSuppliesItsOwn() {
        snapshots = snapshots(Bench.section("default.battery.charge.low = 20"));
        Snapshot before = poll(report -> {});
        assertThat(before.value("battery.charge.low")).hasValue("20");
        assertThat(before.value("driver.parameter.default.battery.charge.low")).hasValue("20");
        assertThat(poll(report -> report.set("battery.charge.low", "10")).value("battery.charge.low"))
                .hasValue("10");
    }

    @Test
    void overridesWhateverTheDeviceSays() {
        snapshots = snapshots(Bench.section("override.ups.mfr = Mine", "override.ups.status = OB"));
        Snapshot snapshot = poll(report -> {
            report.set("ups.mfr", "Theirs", VarType.text(20));
            report.status("OL");
        });
        assertThat(snapshot.value("ups.mfr")).hasValue("Mine");
        assertThat(snapshot.value("device.mfr")).hasValue("Mine");
        assertThat(snapshot.value("ups.status")).hasValue("OB");
        assertThat(snapshot.variables().get("ups.mfr").type().writable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OB LB | 50 | 20 | 900 | 300 | OB
            OB    | 19 | 20 | 900 | 300 | OB LB
            OB LB | 20 | 20 | 900 | 300 | OB
            OB    | 50 | 20 | 299 | 300 | OB LB
            OB    | 19.9 | 20 |   |     | OB LB
            OB    | 20.9 | 21 |   |     | OB LB
            OB LB |    | 20 |     |     | OB
            """)
    void decidesLowBatteryByNumbersWithIgnorelb(
            String said, String charge, String chargeLow, String runtime, String runtimeLow, String status) {
        snapshots = snapshots(Bench.section(true));
        Snapshot snapshot = poll(report -> {
            report.status(said);
            if (charge != null) report.set("battery.charge", charge);
            if (chargeLow != null) report.set("battery.charge.low", chargeLow);
            if (runtime != null) report.set("battery.runtime", runtime);
            if (runtimeLow != null) report.set("battery.runtime.low", runtimeLow);
        });
        assertThat(snapshot.value("ups.status")).hasValue(status);
        assertThat(snapshot.value("driver.flag.ignorelb")).hasValue("enabled");
    }

    @Test
    void noticesThatIgnorelbHasNothingToCompare() {
        snapshots = snapshots(Bench.section(true));
        poll(report -> report.set("battery.charge", "50"));
        assertThat(snapshots.blindToLowBattery()).isTrue();
        poll(report -> report.set("battery.charge.low", "20"));
        assertThat(snapshots.blindToLowBattery()).isFalse();
    }

    @Test
    void tellsFromTheChargeWhichWayItGoes() {
        assertThat(status("OL", "50")).isEqualTo("OL");
        assertThat(status("OL", "50.5")).isEqualTo("OL CHRG");
        assertThat(status("OL", "50.5")).isEqualTo("OL CHRG");
        assertThat(status("OB", "50")).isEqualTo("OB DISCHRG");
        assertThat(status("OL DISCHRG", "51")).isEqualTo("OL DISCHRG");
        assertThat(status("OL", "99")).isEqualTo("OL CHRG");
        assertThat(status("OL", "100")).isEqualTo("OL");
        assertThat(status("OL", "100")).isEqualTo("OL");
        assertThat(status("OB", "n/a")).isEqualTo("OB");
    }

    @Test
    void saysNothingButTheHealthBeforeTheFirstReading() {
        assertThat(snapshots.view(new Health.Starting(), NOW)).isEqualTo(Snapshot.empty(NOW, new Health.Starting()));
    }

    @Test
    void remembersTheShortestWish() {
        var draft = new ReportDraft();
        draft.again(Duration.ofSeconds(3));
        draft.again(Duration.ofSeconds(1));
        draft.again(Duration.ofSeconds(2));
        assertThat(draft.again()).hasValue(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OL CHRG | Fan | ups.load=5 | beeper.on  | false
            CHRG OL | Fan | ups.load=5 | beeper.on  | true
            OL      | Fan | ups.load=5 | beeper.on  | true
            OL CHRG | Hot | ups.load=5 | beeper.on  | true
            OL CHRG | Fan | ups.load=6 | beeper.on  | true
            OL CHRG | Fan | UPS.load=5 | beeper.on  | true
            OL CHRG | Fan | ups.temp=5 | beeper.on  | true
            OL CHRG | Fan | ups.load=5 | beeper.off | true
            OL CHRG | Fan | ups.load=5 | Beeper.On  | false
            """)
    void tellsAPollThatBringsNewsFromOneThatRepeats(
            String words, String alarm, String variable, String command, boolean news) {
        assertThat(accept("OL CHRG", "Fan", "ups.load=5", "beeper.on")).isTrue();
        assertThat(accept("OL CHRG", "Fan", "ups.load=5", "beeper.on")).isFalse();
        assertThat(accept(words, alarm, variable, command)).isEqualTo(news);
        assertThat(accept(words, alarm, variable, command)).isFalse();
    }

    @Test
    void whatAPollSaidThatFailedIsForgotten() {
        Snapshot good = poll(report -> {
            report.set("ups.load", "5");
            report.command("beeper.on");
        });
        ReportDraft failed = snapshots.draft(false);
        failed.set("ups.load", "6");
        failed.set("ups.temperature", "30");
        failed.remove("ups.load");
        failed.command("load.off");
        failed.removeCommand("beeper.on");
        assertThat(poll(report -> {})).isEqualTo(good);
    }

    private boolean accept(String words, String alarm, String variable, String command) {
        ReportDraft draft = snapshots.draft(false);
        draft.status(words);
        draft.alarm(alarm);
        draft.set(variable.split("=")[0], variable.split("=")[1], VarType.READ_ONLY);
        draft.command(command);
        return snapshots.accept(draft, NOW);
    }

    private String status(String words, String charge) {
        return poll(report -> {
                    report.status(words);
                    report.set("battery.charge", charge);
                })
                .value("ups.status")
                .orElse("(none)");
    }

    private Snapshot poll(java.util.function.Consumer<Report> poll) {
        ReportDraft draft = snapshots.draft(false);
        poll.accept(draft);
        snapshots.accept(draft, NOW);
        return snapshots.view(new Health.Fresh(), NOW);
    }

    private static SnapshotBuilder snapshots(Section section) {
        var driverVariables =
                new DriverVariables(section, new CommonSettings.Values(2, "auto", 0).over(section), "0.1");
        driverVariables.options(Gadget.OPTIONS);
        return new SnapshotBuilder(driverVariables);
    }
}
