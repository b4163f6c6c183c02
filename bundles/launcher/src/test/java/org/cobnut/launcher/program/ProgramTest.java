package org.cobnut.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.cobnut.launcher.process.StartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void aDriverTakesCommandsOfNutctlWhereAWholePassesThemOn() {
        var kept = new Program.Driver("dummy-ups", "u", Path.of("x.jar"), Map.of(Program.Driver.KEPT, "true"));
        for (String bundle : new String[] {"cobnut.shell", "org.apache.felix.gogo.runtime"}) {
            assertThat(kept.wants(bundle)).isTrue();
            assertThat(DRIVER.wants(bundle)).isFalse();
        }
        assertThat(kept.wants("org.apache.felix.gogo.command")).isFalse();
        assertThat(kept.wants("cobnut.keeper")).isFalse();
    }

    @Test
    void theWholeLeavesUpsmonOutWhenItRunsElsewhere() {
        assertThat(new Program.Whole(true).wants("cobnut.upsmon")).isTrue();
        assertThat(new Program.Whole(false).wants("cobnut.upsmon")).isFalse();
        assertThat(new Program.Whole(false).wants("cobnut.upssched")).isFalse();
        assertThat(new Program.Whole(false).wants("cobnut.upsd")).isTrue();
    }

    @Test
    void devicesOnUsbHaveProcessesOfTheirOwnWhereTheServiceSaysSo() throws StartException {
        assertThat(Program.Whole.of(true, Map.of()).properties()).isEmpty();
        assertThat(Program.Whole.of(true, Map.of("COBNUT_USB_ISOLATION", "thread"))
                        .properties())
                .isEmpty();
        assertThat(Program.Whole.of(true, Map.of("COBNUT_USB_ISOLATION", "process"))
                        .properties())
                .isEqualTo(Map.of("cobnut.usb.isolation", "process"));
        assertThatThrownBy(() -> Program.Whole.of(true, Map.of("COBNUT_USB_ISOLATION", "yes")))
                .hasMessage("COBNUT_USB_ISOLATION is thread or process, not \"yes\"");
    }

    @Test
    void aMonitorHasSocketsForSystemdOnly() {
        for (String socket : new String[] {"io.netty.transport-classes-epoll", "io.netty.common", "cobnut.systemd"}) {
            assertThat(new Program.Monitor(true, false).wants(socket)).isTrue();
            assertThat(new Program.Monitor(false, false).wants(socket)).isFalse();
        }
        assertThat(new Program.Monitor(true, false).wants("io.netty.handler")).isFalse();
        assertThat(new Program.Monitor(true, false).wants("cobnut.upsd")).isFalse();
        assertThat(DRIVER.wants("cobnut.systemd")).isFalse();
    }

    @Test
    void aMonitorTakesCommandsWhenThereAreTargetsOfNotices(@TempDir Path conf) throws IOException {
        for (String bundle : new String[] {"cobnut.shell", "org.apache.felix.gogo.runtime"})
            assertThat(Program.Monitor.of(true, conf).wants(bundle)).isFalse();
        Files.writeString(conf.resolve("notify.conf"), "");
        for (String bundle : new String[] {"cobnut.shell", "org.apache.felix.gogo.runtime", "cobnut.notify.mail"})
            assertThat(Program.Monitor.of(true, conf).wants(bundle)).isTrue();
        assertThat(new Program.Whole(false).wants("cobnut.notify.mail")).isFalse();
        assertThat(SERVER.wants("cobnut.notify")).isFalse();
        assertThat(DRIVER.wants("cobnut.notify.exec")).isFalse();
    }

    @Test
    void onlyTheWholePublishesDevices() {
        assertThat(new Program.Whole(false).wants("cobnut.mqtt")).isTrue();
        assertThat(SERVER.wants("cobnut.mqtt")).isFalse();
        assertThat(DRIVER.wants("cobnut.mqtt")).isFalse();
        assertThat(new Program.Monitor(true, true).wants("cobnut.mqtt")).isFalse();
    }

    @Test
    void pidFilesHaveNutsNames() {
        assertThat(SERVER.stem()).isEqualTo("upsd");
        assertThat(DRIVER.stem()).isEqualTo("dummy-ups-u");
        assertThat(new Program.Whole(true).stem()).isEqualTo("upsd");
    }
}
