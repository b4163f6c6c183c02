package org.cobnut.upsmon.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** POWERDOWNFLAG is never written through a symbolic link that another account has made. */
class PowerdownFlagTest {
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
        assertThatThrownBy(() -> PowerdownFlag.write(flag)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> PowerdownFlag.clear(flag)).isInstanceOf(IOException.class);
        assertThat(PowerdownFlag.set(flag)).isFalse();
        assertThat(precious).hasContent("upsmon-shutdown-file");
        var dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("nothing"));
        assertThatThrownBy(() -> PowerdownFlag.write(dangling)).isInstanceOf(IOException.class);
        assertThat(directory.resolve("nothing")).doesNotExist();
    }
}
