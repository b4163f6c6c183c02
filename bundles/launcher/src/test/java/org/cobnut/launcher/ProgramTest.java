package org.cobnut.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final Program SERVER = new Program.Server(Optional.empty());
    private static final Program DRIVER = new Program.Driver("dummy-ups", "u", Path.of("x.jar"), Map.of());

    @Test
    void aServerRunsNoDrivers() {
        assertThat(SERVER.wants("cobnut.upsd")).isTrue();
        assertThat(SERVER.wants("cobnut.driversocket")).isTrue();
        assertThat(SERVER.wants("cobnut.runtime")).isFalse();
        assertThat(SERVER.wants("cobnut.keeper")).isFalse();
        assertThat(SERVER.wants("cobnut.link.serial")).isFalse();
    }

    @Test
    void aDriverServesNoNetwork() {
        assertThat(DRIVER.wants("cobnut.runtime")).isTrue();
        assertThat(DRIVER.wants("cobnut.solo")).isTrue();
        assertThat(DRIVER.wants("cobnut.link.serial")).isTrue();
        assertThat(DRIVER.wants("cobnut.driversocket")).isTrue();
        assertThat(DRIVER.wants("cobnut.upsd")).isFalse();
        assertThat(DRIVER.wants("cobnut.keeper")).isFalse();
    }

    @Test
    void pidFilesHaveNutsNames() {
        assertThat(SERVER.stem()).isEqualTo("upsd");
        assertThat(DRIVER.stem()).isEqualTo("dummy-ups-u");
        assertThat(new Program.Whole().stem()).isEqualTo("upsd");
    }
}
