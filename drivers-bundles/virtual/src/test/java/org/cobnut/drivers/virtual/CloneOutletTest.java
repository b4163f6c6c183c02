package org.cobnut.drivers.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.cobnut.testkit.TestDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloneOutletTest {
    @ParameterizedTest
    @CsvSource({
        "on, -1, 20, OL CHRG",
        "on, 21, 20, OL CHRG",
        "on, 20, 20, FSD OL CHRG",
        "on, 0, 20, FSD OL CHRG",
        "off, -1, 20, OL CHRG OFF",
        "OFF, 5, 20, OL CHRG OFF",
        "on, soon, 20, OL CHRG"
    })
    void theStatusTellsWhatBecomesOfTheOutlet(String status, String timer, String delay, String shown) {
        Play play = play(TestDevice.of(
                "ups.status: OL CHRG",
                "outlet.2.status: " + status,
                "outlet.2.timer.shutdown: " + timer,
                "outlet.2.delay.shutdown: " + delay));
        play.poll();
        assertThat(play.status()).isEqualTo(shown);
        assertThat(play.value("outlet.2.timer.shutdown")).isEqualTo(timer);
    }

    @Test
    void showsEverythingButTheDriverAndTakesNoOrders() throws Exception {
        Play play = play(TestDevice.of("ups.status: OB", "driver.name: x", "ups.delay.start: 3")
                .takes("load.off"));
        play.poll();
        assertThat(play.report.variables()).containsOnlyKeys("ups.delay.start");
        assertThat(play.report.commands()).isEmpty();
        assertThat(play.status()).isEqualTo("OB");
    }

    @Test
    void wantsItsPrefix() {
        assertThatThrownBy(() -> new CloneOutlet().open(Play.settings(new CloneOutlet(), "x"), new Play().links))
                .hasMessageStartingWith("option 'prefix' is not given");
    }

    private static Play play(TestDevice real) {
        Play play = new Play();
        play.links.with("real", real);
        return play.open((links, clock) ->
                new CloneOutlet().open(Play.settings(new CloneOutlet(), "real", "prefix = outlet.2"), links));
    }
}
