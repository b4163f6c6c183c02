package org.cobnut.launcher.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadResultTest {
    @TempDir
    Path state;

    @Test
    void saysHowEachReloadWent() throws IOException {
        Path file = state.resolve("upsd.reload");
        new ReloadResult(file).write(List.of());
        List<String> first = Files.readAllLines(file);
        assertThat(first).hasSize(2).endsWith("ok");
        new ReloadResult(file).write(List.of("upsd.conf:1: no"));
        List<String> second = Files.readAllLines(file);
        assertThat(second.subList(1, 3)).containsExactly("refused", "upsd.conf:1: no");
        assertThat(second.get(0)).isNotEqualTo(first.get(0));
    }

    @Test
    void followsNoLinkThatStandsThere() throws IOException {
        Path victim = Files.writeString(state.resolve("victim"), "kept");
        for (String name : List.of("upsd.reload", ".upsd.reload"))
            Files.createSymbolicLink(state.resolve(name), victim);
        new ReloadResult(state.resolve("upsd.reload")).write(List.of());
        assertThat(victim).hasContent("kept");
        assertThat(state.resolve("upsd.reload")).isRegularFile();
    }
}
