package org.cobnut.upsmon.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history is never written through a symbolic link, and has its own mode. */
class EventLogTest {
    private static final Notice NOTICE = new Notice(NoticeType.ONBATT, "box@here", "on battery", Instant.EPOCH);

    @TempDir
    private Path directory;

    private Path precious;

    @BeforeEach
    void files() throws IOException {
        precious = Files.writeString(directory.resolve("precious"), "upsmon-shutdown-file");
    }

    @Test
    void theHistoryTakesTheLinkAwayAndHasItsMode() throws Exception {
        Files.createSymbolicLink(directory.resolve("events"), precious);
        var events = new EventLog(directory);
        events.noticed(NOTICE);
        events.close();
        assertThat(precious).hasContent("upsmon-shutdown-file");
        assertThat(events.last(1)).singleElement().asString().contains("ONBATT");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("events"))))
                .isEqualTo("rw-r-----");
    }
}
