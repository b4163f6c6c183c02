package org.cobnut.runtime.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.cobnut.runtime.section.Section;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator reads: each turn once, however long it lasts. */
class LogTest {
    /** Local time, as in all of the log. */
    private static final String SINCE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .format(Instant.parse("2026-01-01T00:00:02Z").atZone(ZoneId.systemDefault()));

    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Bench bench = Bench.inline();

    LogTest() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(usual);
    }

    @Test
    void saysOnceThatADeviceIsLostAndOnceThatItIsBack() {
        bench.start();
        bench.gadget.polling = report -> {
            throw new IOException("it is silent");
        };
        bench.gadget.opening = () -> {
            throw new IOException("no such port");
        };
        bench.seconds(300);
        bench.gadget.opening = () -> {};
        bench.gadget.polling = report -> report.status("OL");
        bench.seconds(300);
        assertThat(lines())
                .containsExactly(
                        "WARN UPS [ups1]: no answer since " + SINCE + " (it is silent)",
                        "INFO UPS [ups1]: answers again");
    }

    @Test
    void saysOnceThatValuesAreStaleAndOnceThatTheyAreTrueAgain() {
        bench.start();
        bench.gadget.polling = report -> report.stale("the file is gone");
        bench.seconds(60);
        bench.gadget.polling = report -> report.status("OL");
        bench.seconds(60);
        assertThat(lines())
                .containsExactly(
                        "WARN UPS [ups1]: no true values since " + SINCE + " (the file is gone)",
                        "INFO UPS [ups1]: answers again");
    }

    @Test
    void saysNothingOfADeviceThatAnswers() {
        bench.start().seconds(600);
        assertThat(lines()).isEmpty();
    }

    @Test
    void saysOnceWhichShutdownCommandTheDeviceDoesNotOffer() {
        var section = new Section(
                "ups1",
                "gadget",
                "x",
                "",
                0,
                "",
                -1,
                false,
                false,
                false,
                List.of("load.of", "beeper.mute"),
                Map.of(),
                "ups.conf:3");
        try (var other = Bench.inline(section)) {
            other.gadget.polling = report -> Gadget.counting(report, 1);
            other.start().seconds(60);
        }
        assertThat(lines())
                .containsExactly(
                        "WARN ups.conf:3: [ups1] gadget: sdcommands names 'load.of', which this device does not"
                                + " offer; it offers beeper.mute, driver.killpower, driver.reload, driver.reload-or-error,"
                                + " driver.reload-or-exit, shutdown.default");
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
