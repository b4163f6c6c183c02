package org.cobnut.drivers.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.testkit.TestDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloneTest {
    private static final String[] SWITCH = {
        "load.off = outlet.1.load.off", "load.on = outlet.1.load.on", "offdelay = 10", "ondelay = 5"
    };
    private final TestDevice real =
            TestDevice.of("ups.status: OL", "battery.charge: 80", "battery.runtime: 600", "ups.mfr: Acme");

    @Test
    void showsTheOtherDeviceAndItsOwnLimitsAndTimers() {
        real.says("driver.name: usbhid-ups", "ups.delay.shutdown: 7", "battery.charge.low: 20")
                .says(new Variable("ups.id", "x", VarType.text(8)))
                .takes("load.off");
        Play play = play("mincharge = 30.5", "minruntime = 120");
        play.poll();
        assertThat(play.status()).isEqualTo("OL");
        assertThat(play.value("ups.mfr")).isEqualTo("Acme");
        assertThat(play.value("driver.name")).isEqualTo("(none)");
        assertThat(play.value("battery.charge.low")).isEqualTo("30.5");
        assertThat(play.value("battery.runtime.low")).isEqualTo("120");
        assertThat(play.value("ups.delay.shutdown")).isEqualTo("120");
        assertThat(play.value("ups.delay.start")).isEqualTo("30");
        assertThat(play.value("ups.timer.shutdown")).isEqualTo("-1");
        assertThat(play.value("ups.timer.start")).isEqualTo("-1");
        assertThat(play.report.commands()).containsExactly("shutdown.return", "shutdown.stayoff");
        assertThat(play.report.variables().get("ups.id").type()).isEqualTo(VarType.READ_ONLY);
        assertThat(play.report.variables().get("battery.charge.low").type()).isEqualTo(VarType.text(3));
        assertThat(play.report.again()).isEmpty();
    }

    @Test
    void hasNoLimitForWhatTheOtherDeviceDoesNotMeasure() {
        Play play = new Play();
        play.links.with("real", TestDevice.of("ups.status: OB"));
        play.open((links, clock) ->
                new CloneSession(Play.settings(new Clone(), "real", "mincharge = 50"), links, clock::nanos));
        play.poll();
        assertThat(play.value("battery.charge.low")).isEqualTo("(none)");
        assertThat(play.status()).as("a charge that is not measured is not low").isEqualTo("OB");
    }

    @Test
    void switchesTheOutletOffAndOnAgainWhenPowerIsBack() throws Exception {
        Play play = play(SWITCH);
        play.poll();
        assertThat(play.session().run("shutdown.return", "")).isEqualTo(Outcome.handled());
        assertThat(play.links.wakes()).isEqualTo(1);
        play.poll();
        assertThat(play.status()).isEqualTo("FSD OL");
        assertThat(play.value("ups.timer.shutdown")).isEqualTo("10");
        assertThat(play.report.again()).isPresent();
        real.says("ups.status: OB");
        play.pollAfter(9);
        assertThat(play.value("ups.timer.shutdown")).isEqualTo("1");
        assertThat(real.asked()).isEmpty();
        play.pollAfter(1);
        assertThat(real.asked()).containsExactly("outlet.1.load.off");
        assertThat(play.status()).as("its clients are without power").isEqualTo("FSD OB");
        play.pollAfter(60);
        assertThat(play.value("ups.timer.start")).as("waits for power").isEqualTo("5");
        real.says("ups.status: OL CHRG");
        play.pollAfter(4);
        assertThat(real.asked()).hasSize(1);
        play.pollAfter(1);
        assertThat(real.asked()).containsExactly("outlet.1.load.off", "outlet.1.load.on");
        assertThat(play.status()).isEqualTo("OL CHRG");
        assertThat(play.report.again()).isEmpty();
    }

    @Test
    void staysOffWhenItWasToldTo() throws Exception {
        Play play = play(SWITCH);
        play.poll();
        play.session().run("shutdown.stayoff", "");
        play.pollAfter(10);
        play.pollAfter(600);
        assertThat(real.asked()).containsExactly("outlet.1.load.off");
        assertThat(play.status()).isEqualTo("FSD OL");
        play.session().run("shutdown.return", "");
        play.pollAfter(5);
        assertThat(real.asked()).endsWith("outlet.1.load.on");
    }

    @Test
    void aLowBatteryShutsItDownOnceAndNeverOnLine() {
        Play play = play("offdelay = 10", "load.off = off", "mincharge = 30", "minruntime = 100");
        real.says("ups.status: OL", "battery.charge: 10");
        play.poll();
        assertThat(play.status()).isEqualTo("OL");
        real.says("ups.status: OB DISCHRG", "battery.charge: 30", "battery.runtime: 100");
        play.poll();
        assertThat(play.status()).as("not below").isEqualTo("OB DISCHRG");
        real.says("battery.runtime: 99");
        play.poll();
        assertThat(play.status()).isEqualTo("FSD OB DISCHRG");
        play.pollAfter(5);
        assertThat(play.value("ups.timer.shutdown")).isEqualTo("5");
        play.pollAfter(5);
        play.pollAfter(5);
        assertThat(real.asked()).containsExactly("off");
    }

    @Test
    void limitsAreSetWhileItRuns() throws Exception {
        Play play = play("mincharge = 10");
        real.says("ups.status: OB");
        assertThat(play.session().set("battery.charge.low", "81")).isEqualTo(Outcome.handled());
        assertThat(play.session().set("battery.runtime.low", "5")).isEqualTo(Outcome.handled());
        assertThat(play.session().set("battery.charge.low", "much").code()).isEqualTo(Outcome.Code.INVALID);
        assertThat(play.session().set("ups.id", "1").code()).isEqualTo(Outcome.Code.UNKNOWN);
        play.poll();
        assertThat(play.value("battery.charge.low")).isEqualTo("81");
        assertThat(play.status()).isEqualTo("FSD OB");
    }

    @Test
    void believesTheOutletsStatusWhenItChanges() throws Exception {
        real.says("outlet.1.status: on");
        Play play = play("load.status = outlet.1.status", "load.off = off", "offdelay = 0", "mincharge = 90");
        play.poll();
        play.session().run("shutdown.stayoff", "");
        real.says("ups.status: OB");
        play.poll();
        play.pollAfter(1);
        assertThat(real.asked()).as("what still says on is late").containsExactly("off");
        real.says("outlet.1.status: off");
        play.pollAfter(1);
        assertThat(play.status()).isEqualTo("FSD OB");
        real.says("outlet.1.status: on", "ups.status: OL");
        play.pollAfter(1);
        assertThat(play.status()).as("somebody switched it on").isEqualTo("OL");
        real.says("outlet.1.status: off");
        play.pollAfter(1);
        real.says("ups.status: OB");
        play.pollAfter(1);
        assertThat(play.status()).as("what is off need not be shut down").isEqualTo("OB");
    }

    @Test
    void saysInWordsWhatItWaitsFor() {
        Play play = play();
        play.links.without("usbhid-ups-real");
        play.poll();
        assertThat(play.report.stale()).contains("waits for usbhid-ups-real: there is no such device");
        play.links.with("usbhid-ups-real", real.is(new Health.Stale(Instant.EPOCH, "no link")));
        play.poll();
        assertThat(play.report.stale()).contains("usbhid-ups-real is stale: no link");
        assertThat(play.value("ups.mfr")).isEqualTo("Acme");
        real.is(new Health.Fresh());
        play.poll();
        assertThat(play.report.stale()).isEmpty();
    }

    @Test
    void anOrderOutlivesTheOtherDevicesAbsence() throws Exception {
        Play play = play(SWITCH);
        play.poll();
        play.session().run("shutdown.stayoff", "");
        play.links.without("usbhid-ups-real");
        play.pollAfter(20);
        assertThat(play.status()).isEqualTo("FSD OL");
        play.links.with("usbhid-ups-real", real);
        play.pollAfter(1);
        assertThat(real.asked()).containsExactly("outlet.1.load.off");
    }

    @Test
    void anOutletThatDidNotObeyIsAnAlarmUntilTheNextOrder() throws Exception {
        real.answers(Outcome.failed("the relay is stuck"));
        Play play = play(SWITCH);
        play.poll();
        play.session().run("shutdown.stayoff", "");
        play.pollAfter(10);
        assertThat(play.report.alarms()).containsExactly("outlet.1.load.off: FAILED the relay is stuck");
        play.pollAfter(10);
        assertThat(play.report.alarms()).hasSize(1);
        assertThat(real.asked()).as("once only").hasSize(1);
        play.session().run("shutdown.stayoff", "");
        play.poll();
        assertThat(play.report.alarms()).isEmpty();
    }

    @Test
    void withdrawsWhatTheOtherDeviceNoLongerHas() {
        var other = TestDevice.of("ups.status: OL");
        Play play = play();
        play.poll();
        play.links.with("usbhid-ups-real", other);
        play.poll();
        assertThat(play.value("ups.mfr")).isEqualTo("(none)");
        assertThat(play.value("battery.charge.low")).isEqualTo("(none)");
    }

    /** As NUT's clone, which takes the number that stands first, or 0. */
    @ParameterizedTest
    @CsvSource({"30%, 30", "30.5 percent, 30.5", "low, 0"})
    void countsTheNumberThatALimitBeginsWith(String given, String counts) {
        Play play = play("mincharge = " + given);
        play.poll();
        assertThat(play.value("battery.charge.low")).isEqualTo(counts);
    }

    private Play play(String... lines) {
        Play play = new Play();
        play.links.with("usbhid-ups-real", real);
        return play.open((links, clock) ->
                new CloneSession(Play.settings(new Clone(), "usbhid-ups-real", lines), links, clock::nanos));
    }
}
