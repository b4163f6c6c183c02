package org.cobnut.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchLogTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineOfTheWholeHasDateSeverityAndProgram() {
        LaunchLog.of("cobnut", false, Map.of(), out).error("it is broken");
        assertThat(said())
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) ERROR cobnut: it is broken\\R");
    }

    @Test
    void aLineOfOneOfNutsProgramsHasTheProgram() {
        LaunchLog.of("upsd", true, Map.of(), out).warn("it goes on");
        assertThat(said()).isEqualTo("upsd: it goes on" + System.lineSeparator());
    }

    @Test
    void aStreamThatIsNotTheJournalsIsNoJournal() {
        assertThat(LaunchLog.journal(Map.of("JOURNAL_STREAM", "1:2"))).isFalse();
    }
}
