package org.cobnut.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.assertj.core.data.Offset;
import org.cobnut.table.BatteryEstimator.Calibration;
import org.cobnut.table.BatteryEstimator.Estimate;
import org.cobnut.table.BatteryEstimator.Traits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatteryEstimatorTest {
    private static final Offset<Double> NEARLY = within(0.01);
    private static final Optional<Double> NONE = Optional.empty();

    private static BatteryEstimator plain() {
        return new BatteryEstimator(new Traits(NONE, NONE, NONE, NONE, Optional.empty()));
    }

    private static BatteryEstimator calibrated() {
        return new BatteryEstimator(
                new Traits(NONE, NONE, NONE, NONE, Optional.of(Calibration.of("240,100,720,50", 43_200, 10))));
    }

    private static Estimate look(
            BatteryEstimator battery, double volts, double load, boolean onBattery, double elapsed) {
        return battery.estimate(Optional.of(volts), Optional.of(24.), Optional.of(load), onBattery, elapsed);
    }

    /** Where no packs are in play, as Debian's NUT 2.8.0 says for the same voltages. */
    @ParameterizedTest
    @CsvSource({"20.8, 0", "22.6, 35", "24.0, 62", "27.3, 100"})
    void tellsTheChargeFromTheVoltage(double volts, double percent) {
        Estimate guess = look(plain(), volts, 10, false, 0);
        assertThat(guess.charge().orElseThrow()).isEqualTo(percent, within(0.6));
        assertThat(guess.low().orElseThrow()).isEqualTo(20.8, NEARLY);
        assertThat(guess.high().orElseThrow()).isEqualTo(26.0, NEARLY);
        assertThat(guess.runtime()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2.27, 12", "13.6, 2", "27.3, 1", "1.13, 24", "0.01, 1"})
    void findsOutOfHowManyPacksOneIsReported(double volts, double packs) {
        var battery = plain();
        look(battery, volts, 10, false, 0);
        assertThat(battery.packs()).isEqualTo(packs);
    }

    @Test
    void keepsTheNumberOfPacksWhileTheVoltageFalls() {
        var battery = plain();
        look(battery, 2.27, 10, false, 0);
        look(battery, 1.7, 10, true, 2);
        assertThat(battery.packs()).isEqualTo(12);
    }

    @Test
    void countsWhatTheOperatorSaysFirst() {
        var battery = new BatteryEstimator(
                new Traits(Optional.of(28.), Optional.of(21.), Optional.of(12.), Optional.of(2.), Optional.empty()));
        Estimate guess = battery.estimate(Optional.of(12.25), Optional.of(24.), NONE, false, 0);
        assertThat(guess.charge().orElseThrow()).isEqualTo(50, NEARLY);
    }

    @Test
    void guessesNothingOfABatteryItKnowsNothingOf() {
        Estimate guess = plain().estimate(Optional.of(13.), NONE, NONE, false, 0);
        assertThat(guess.charge()).isEmpty();
        assertThat(guess.low()).isEmpty();
    }

    @Test
    void drawsTheCurveThroughBothPoints() {
        var calibration = Calibration.of("240,100,720,50", 43_200, 10);
        assertThat(calibration.full()).isEqualTo(240, NEARLY);
        assertThat(240 / calibration.effective(50)).isEqualTo(720, NEARLY);
        assertThat(calibration.effective(1)).isEqualTo(0.1, NEARLY);
    }

    /** As Debian's NUT 2.8.0 says with the same calibration. */
    @ParameterizedTest
    @CsvSource({"24.0, 50, 62, 443", "27.3, 50, 100, 720", "27.3, 0, 100, 2400"})
    void tellsTheRuntimeAsNutDoes(double volts, double load, double charge, double runtime) {
        Estimate guess = look(calibrated(), volts, load, false, 0);
        assertThat(guess.charge().orElseThrow()).isEqualTo(charge, within(0.6));
        assertThat(guess.runtime().orElseThrow()).isEqualTo(runtime, within(0.6));
    }

    @Test
    void emptiesOnBatteryAsTheLoadDemands() {
        var battery = calibrated();
        assertThat(look(battery, 27.3, 50, true, 0).runtime().orElseThrow()).isEqualTo(720, NEARLY);
        Estimate later = look(battery, 26.5, 50, true, 180);
        assertThat(later.runtime().orElseThrow()).isEqualTo(540, NEARLY);
        assertThat(later.charge().orElseThrow()).isEqualTo(75, NEARLY);
        assertThat(look(battery, 26.5, 100, true, 0).runtime().orElseThrow()).isEqualTo(180, NEARLY);
        assertThat(look(battery, 26.5, 100, true, 1000).charge().orElseThrow()).isZero();
    }

    @Test
    void fillsOnLineUpToWhatTheVoltageAllows() {
        var battery = calibrated();
        look(battery, 27.3, 100, true, 0);
        look(battery, 26.5, 100, true, 120);
        assertThat(look(battery, 27.3, 100, false, 4320).charge().orElseThrow()).isEqualTo(60, NEARLY);
        assertThat(look(battery, 27.3, 100, false, 43_200).charge().orElseThrow())
                .isEqualTo(100, NEARLY);
        assertThat(look(battery, 23.4, 100, false, 1).charge().orElseThrow()).isEqualTo(50, NEARLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"240,100,720", "240,50,720,100", "a,b,c,d", "0,100,720,50", "240;100;720;50", ""})
    void refusesACalibrationThatIsNone(String runtimecal) {
        assertThatIllegalArgumentException().isThrownBy(() -> Calibration.of(runtimecal, 43_200, 10));
    }

    /** As Debian's NUT 2.8.0 takes them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "240,100,720,50,1200,25,1380,10",
                "240,100,720,50,",
                "240, 100, 720, 50",
                "240s,100%,720s,50%",
                "240.0,100.0,720,50 # two points"
            })
    void countsTheFirstFourNumbersOfACalibration(String runtimecal) {
        assertThat(Calibration.of(runtimecal, 43_200, 10)).isEqualTo(Calibration.of("240,100,720,50", 43_200, 10));
    }

    /** Cells are counted where the nominal voltage is a whole number of them, else guessed as NUT does. */
    @ParameterizedTest
    @CsvSource({
        "2.27, 24, 12, true",
        "2.25, 36, 18, true",
        "2.23, 48, 24, true",
        "2.23, 41.6, 18, true",
        "2.23, 192, 96, true",
        "2.00, 2, 1, false",
        "13.6, 24, 2, false",
        "27.3, 24, 1, false",
        "0.00, 24, 1, false"
    })
    void tellsACellFromABattery(double volts, double nominal, double packs, boolean cell) {
        var battery = plain();
        battery.estimate(Optional.of(volts), Optional.of(nominal), Optional.of(10.), false, 0);
        assertThat(battery.packs()).isEqualTo(packs);
        assertThat(battery.cell()).isEqualTo(cell);
    }

    @Test
    void takesTheOperatorsBoundsForTheNominalVoltageThatTheUpsDoesNotTell() {
        var battery =
                new BatteryEstimator(new Traits(Optional.of(52.), Optional.of(41.6), NONE, NONE, Optional.empty()));
        Estimate guess = battery.estimate(Optional.of(2.23), NONE, NONE, false, 0);
        assertThat(battery.packs()).isEqualTo(24);
        assertThat(guess.charge().orElseThrow()).isEqualTo(100, NEARLY);
    }
}
