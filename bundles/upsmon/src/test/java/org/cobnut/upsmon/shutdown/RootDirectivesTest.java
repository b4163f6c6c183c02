package org.cobnut.upsmon.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of upsmon.conf before upsmon runs is what NUT would read. */
class RootDirectivesTest {
    @Test
    void theLastLineWithAValueCounts(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("upsmon.conf"), """
                RUN_AS_USER nut
                POWERDOWNFLAG /etc/one
                #POWERDOWNFLAG /etc/none
                POWERDOWNFLAG "/etc/kill power"
                POWERDOWNFLAG
                MONITOR "unended
                """);
        assertThat(RootDirectives.first(RootDirectives.read(file), "RUN_AS_USER"))
                .contains("nut");
        assertThat(PowerdownFlagProgram.flag(file)).contains(Path.of("/etc/kill power"));
        assertThat(PowerdownFlagProgram.flag(folder.resolve("none"))).isEmpty();
        assertThatIOException().isThrownBy(() -> RootDirectives.read(folder.resolve("none")));
    }
}
