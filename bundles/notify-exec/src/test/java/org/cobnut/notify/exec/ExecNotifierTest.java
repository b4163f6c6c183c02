package org.cobnut.notify.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cobnut.notify.DeliveryRefusedException;
import org.cobnut.notify.Message;
import org.cobnut.notify.Sender;
import org.cobnut.notify.Severity;
import org.cobnut.notify.TargetSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs as targets of notices. */
@Timeout(20)
class ExecNotifierTest {
    private static final Message MESSAGE = Message.of(
            Severity.WARNING, "ONBATT", "rack1@localhost", "on battery; $(rm -rf /) 'x'", Instant.EPOCH, "nas");

    @TempDir
    private Path directory;

    @Test
    void handsTheNoticeToTheProgramAsNotifycmdDoes() throws Exception {
        Path said = directory.resolve("said");
        Path script = script("printf '%s|' \"$@\" \"$NOTIFYTYPE\" \"$UPSNAME\" > " + said);
        sender("5", script.toString(), "own", "two words").send(MESSAGE);
        assertThat(said).hasContent("own|two words|on battery; $(rm -rf /) 'x'|ONBATT|rack1@localhost|");
    }

    @Test
    void aProgramThatFailsIsRefusedUnlessItAsksToBeRunAgain() throws Exception {
        assertThatThrownBy(() -> sender("5", script("exit 3").toString()).send(MESSAGE))
                .isInstanceOf(DeliveryRefusedException.class)
                .hasMessageEndingWith("ended with 3");
        assertThatThrownBy(() -> sender("5", script("exit 75").toString()).send(MESSAGE))
                .isExactlyInstanceOf(IOException.class)
                .hasMessageEndingWith("ended with 75, to be run again");
        assertThatThrownBy(
                        () -> sender("5", directory.resolve("none").toString()).send(MESSAGE))
                .isInstanceOf(DeliveryRefusedException.class)
                .hasMessageContaining("cannot be run: ");
        assertThatThrownBy(() -> sender("5")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProgramThatHangsIsEnded() throws Exception {
        Path script = script("sleep 60 & sleep 60");
        long begin = System.nanoTime();
        assertThatThrownBy(() -> sender("1", script.toString()).send(MESSAGE))
                .isInstanceOf(DeliveryRefusedException.class)
                .hasMessageEndingWith("has not ended within 1 s, and is ended");
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    private Path script(String text) throws IOException {
        Path script = Files.createTempFile(directory, "script", ".sh");
        Files.writeString(script, "#!/bin/sh\n" + text + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private Sender sender(String timeout, String... command) {
        return new ExecNotifier()
                .open(TargetSettings.of(
                        "script",
                        Map.of("command", List.of(command), "timeout", List.of(timeout)),
                        Set.of(),
                        directory));
    }
}
