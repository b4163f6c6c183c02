package org.cobnut.drivers.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.util.BitSet;
import org.cobnut.driver.Session;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpioTest {
    /** Of NUT's page, for a CyberShield CSN27U12V. */
    private static final String RULES = "OL=^0;OB=0;LB=3;RB=1;DISCHRG=0&^6;BYPASS=6;";

    @Test
    void followsTheLinesOfAChip() throws IOException {
        EmulatedBoard board = EmulatedBoard.start().lines(0).handle(handle());
        try (Session session = Boards.open(
                new GenericGpio(),
                "gpiochip0",
                "rules",
                RULES,
                "mfr",
                "CyberPower",
                "default.battery.charge.low",
                "20")) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OL");
            assertThat(report.values())
                    .containsEntry("ups.mfr", "CyberPower")
                    .containsEntry("battery.charge", "100")
                    .doesNotContainKey("battery.charger.status");
            board.lines(0b0000001);
            assertThat(report.poll(session).status()).containsExactly("OB", "DISCHRG");
            assertThat(report.values()).containsEntry("battery.charger.status", "discharging");
            board.lines(0b0001001);
            assertThat(report.poll(session).status()).containsExactly("OB", "LB", "DISCHRG");
            assertThat(report.values()).containsEntry("battery.charge", "20");
            board.lines(0b1000010);
            assertThat(report.poll(session).status()).containsExactly("OL", "RB", "BYPASS");
            assertThat(report.values()).doesNotContainKey("battery.charge");
        }
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        EmulatedBoard.start();
        assertThatThrownBy(() -> Boards.open(new GenericGpio(), "gpiochip0"))
                .hasMessageContaining("'rules' is missing");
        assertThatThrownBy(() -> Boards.open(new GenericGpio(), "gpiochip0", "rules", "OL=0;OB=!1;"))
                .hasMessageContaining("'OB=!1;' at character 6");
        assertThatThrownBy(() -> Boards.open(new GenericGpio(), "gpiochip0", "rules", "OL=9"))
                .hasMessageContaining("names line 9, and /dev/gpiochip0 has 8");
        assertThatThrownBy(() -> Boards.open(new GenericGpio(), "gpiochip7", "rules", "OL=0"))
                .hasMessageContaining("/dev/gpiochip7 is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "A=0&1|2, 3, true",
        "A=0&1|2, 4, true",
        "A=0|1&2, 2, false",
        "A=0|1&2, 6, true",
        "A=^0&^1, 0, true",
        "A=^0&^1, 2, false"
    })
    void binds(String rule, int bits, boolean holds) {
        assertThat(new LineRules(rule).words(BitSet.valueOf(new long[] {bits}))).hasSize(holds ? 1 : 0);
    }

    /** Another open file of the chip, in place of the one that the kernel would make for the lines. */
    private static int handle() {
        return NativeLibrary.getProcess().getFunction("open").invokeInt(new Object[] {"/dev/gpiochip0", 2});
    }
}
