package org.cobnut.conf.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatePathTest {
    @TempDir
    private Path conf;

    @Test
    void upsConfComesBeforeUpsdConf() throws IOException {
        Files.writeString(conf.resolve("upsd.conf"), "# STATEPATH /no\nSTATEPATH /server\n");
        assertThat(StatePath.in(conf)).contains(Path.of("/server"));
        Files.writeString(conf.resolve("ups.conf"), "statePath = \"/drivers and all\"\n[u]\n driver = x\n");
        assertThat(StatePath.in(conf)).contains(Path.of("/drivers and all"));
    }

    @Test
    void aSectionHasNone() throws IOException {
        Files.writeString(conf.resolve("ups.conf"), "[u]\n statepath = /no\n");
        assertThat(StatePath.in(conf)).isEmpty();
    }
}
