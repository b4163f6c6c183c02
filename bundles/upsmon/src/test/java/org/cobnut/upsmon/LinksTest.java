package org.cobnut.upsmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What upsmon writes goes into no link that somebody else has planted, and has the mode that it shall have. */
class LinksTest {
    private static final Notice NOTICE = new Notice(NoticeType.ONBATT, "box@here", "on battery", Instant.EPOCH);

    @TempDir
    private Path directory;

    private Path precious;

    @BeforeEach
    void files() throws IOException {
        precious = Files.writeString(directory.resolve("precious"), "upsmon-shutdown-file");
    }

    @Test
    void theFlagIsWrittenIntoNoLink() throws IOException {
        var flag = Files.createSymbolicLink(directory.resolve("killpower"), precious);
        assertThatThrownBy(() -> Flag.write(flag)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Flag.clear(flag)).isInstanceOf(IOException.class);
        assertThat(Flag.set(flag)).isFalse();
        assertThat(precious).hasContent("upsmon-shutdown-file");
        var dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nothing"));
        assertThatThrownBy(() -> Flag.write(dangling)).isInstanceOf(IOException.class);
        assertThat(directory.resolve("nothing")).doesNotExist();
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
