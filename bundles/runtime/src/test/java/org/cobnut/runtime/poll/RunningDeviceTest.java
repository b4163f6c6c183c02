package org.cobnut.runtime.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cobnut.driver.Settings;
import org.cobnut.model.Outcome;
import org.cobnut.model.Outcome.Code;
import org.cobnut.model.VarType;
import org.cobnut.runtime.section.Section;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunningDeviceTest {
    private Bench bench = Bench.inline();

    @BeforeEach
    void start() {
        bench.gadget.polling = report -> {
            report.set("ups.mfr", "M");
            report.set("ups.id", "x", VarType.text(4));
            report.set("input.transfer", "200", VarType.number(180, 210));
            report.set("input.sensitivity", "low", VarType.choice("low", "high"));
            report.command("load.off");
        };
        bench.start();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ups.nothing       | 1     | UNKNOWN
            ups.mfr           | N     | INVALID
            ups.id            | abcde | INVALID
            ups.id            | abcd  | HANDLED
            input.transfer    | 179   | INVALID
            input.transfer    | 180   | HANDLED
            input.transfer    | 210.5 | HANDLED
            input.transfer    | many  | INVALID
            input.sensitivity | HIGH  | INVALID
            Input.Sensitivity | high  | HANDLED
            driver.name       | x     | INVALID
            """)
    void troublesTheDeviceOnlyWithWhatItTakes(String variable, String value, Code code) throws Exception {
        assertThat(Bench.outcome(bench.device.set(variable, value)).code()).isEqualTo(code);
        assertThat(bench.gadget.asked).hasSize(code == Code.HANDLED ? 1 : 0);
    }

    @Test
    void knowsNoCommandThatIsNotOffered() throws Exception {
        assertThat(Bench.outcome(bench.device.run("driver.exit", ""))).isEqualTo(Outcome.unknown());
        assertThat(bench.gadget.asked).isEmpty();
    }

    @Test
    void spellsACommandAsTheDriverDoes() throws Exception {
        assertThat(Bench.outcome(bench.device.run("LOAD.off", "5"))).isEqualTo(Outcome.handled());
        assertThat(bench.gadget.asked).containsExactly("run load.off 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver.reload", "driver.reload-or-error", "driver.reload-or-exit"})
    void answersReloadsItselfBecauseConfigurationIsLive(String command) throws Exception {
        assertThat(Bench.outcome(bench.device.run(command, ""))).isEqualTo(Outcome.handled());
        assertThat(bench.gadget.asked).isEmpty();
    }

    @Test
    void refusesKillpowerUntilItIsAllowed() throws Exception {
        assertThat(Bench.outcome(bench.device.run("driver.killpower", "")).code())
                .isEqualTo(Code.INVALID);
        assertThat(Bench.outcome(bench.device.set("driver.flag.allow_killpower", "yes")))
                .isEqualTo(Outcome.handled());
        assertThat(bench.value("driver.flag.allow_killpower")).isEqualTo("1");
        assertThat(Bench.outcome(bench.device.run("driver.killpower", ""))).isEqualTo(Outcome.handled());
        assertThat(bench.gadget.asked).containsExactly("run shutdown.default");
    }

    @Test
    void triesTheSectionsShutdownCommandsInOrder() throws Exception {
        Section plain = Bench.section();
        bench = Bench.inline(new Section(
                plain.ups(),
                plain.driver(),
                plain.port(),
                "",
                0,
                "",
                -1,
                false,
                true,
                false,
                List.of("shutdown.return", "load.off", "shutdown.stayoff"),
                Map.of(),
                ""));
        bench.gadget.ordering = session -> bench.gadget.asked.size() == 2 ? Outcome.handled() : Outcome.unknown();
        bench.start();
        assertThat(Bench.outcome(bench.device.run("driver.killpower", ""))).isEqualTo(Outcome.handled());
        assertThat(bench.gadget.asked).containsExactly("run shutdown.return", "run load.off");
    }

    @Test
    void changesTheDebugLevelAndBack() throws Exception {
        Bench.outcome(bench.device.set("driver.debug", "3"));
        assertThat(bench.value("driver.debug")).isEqualTo("3");
        assertThat(Bench.outcome(bench.device.set("driver.debug", "much")).code())
                .isEqualTo(Code.CONVERSION_FAILED);
        Bench.outcome(bench.device.set("driver.debug", "-1"));
        assertThat(bench.value("driver.debug")).isEqualTo("0");
    }

    @Test
    void tellsListenersOfWhatItChangedItself() throws Exception {
        int before = bench.heard.size();
        Bench.outcome(bench.device.set("driver.debug", "3"));
        assertThat(bench.heard).hasSize(before + 1);
    }

    @Test
    void givesTheDriverItsOwnOptionsOnly() {
        Section section =
                Bench.section("mode = a = b", "strict", "foo = 1", "maxretry = 3", "default.ups.id = x", "nolock");
        Settings settings = section.settings(Gadget.OPTIONS);
        assertThat(settings.values()).isEqualTo(Map.of("mode", "a = b", "strict", "", "foo", "1"));
        assertThat(Gadget.OPTIONS.faults(settings.values()))
                .containsExactly("unknown option 'foo'; this driver takes mode, strict, secret");
    }

    @Test
    void neverShowsWhatASectionHolds() {
        assertThat(Bench.section("secret = hush")).hasToString("ups.conf:3: [ups1] gadget");
    }
}
