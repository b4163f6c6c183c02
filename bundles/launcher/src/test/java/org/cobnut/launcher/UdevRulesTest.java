package org.cobnut.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With jars whose components are described as bnd writes it. */
class UdevRulesTest {
    @TempDir
    private Path drivers;

    @Test
    void makesARuleOfEachDeviceThatADriverDeclares() throws IOException {
        jar("b.jar", "nutdrv_qx", "<property name=\"driver.usb\" type=\"String\" value=\"0665:*\"/>");
        jar(
                "a.jar",
                "usbhid-ups",
                "<property name=\"driver.usb\" type=\"String\">051D:0003\n051d:0002;vendor=AMERICAN.*\n"
                        + "051d:0002;vendor=APC;option.pollonly=1</property>");
        jar("c.jar", "dummy-ups", "");
        assertThat(UdevRules.rules(drivers)).isEqualTo("""
                # Devices on USB of Cobnut's drivers, made by "nutctl udev". For /etc/udev/rules.d/62-cobnut.rules.
                ACTION=="remove", GOTO="cobnut_end"
                SUBSYSTEM!="usb", GOTO="cobnut_end"
                # usbhid-ups (a.jar)
                ATTR{idVendor}=="051d", ATTR{idProduct}=="0003", MODE="664", GROUP="nut", TAG+="systemd"
                ATTR{idVendor}=="051d", ATTR{idProduct}=="0002", MODE="664", GROUP="nut", TAG+="systemd"
                # nutdrv_qx (b.jar)
                ATTR{idVendor}=="0665", MODE="664", GROUP="nut", TAG+="systemd"
                LABEL="cobnut_end"
                """);
    }

    @Test
    void whatIsNoDeviceIsToldOfWithItsJar() throws IOException {
        jar("a.jar", "usbhid-ups", "<property name=\"driver.usb\" type=\"String\" value=\"51d:0002\"/>");
        assertThatThrownBy(() -> UdevRules.rules(drivers))
                .hasMessage(drivers.resolve("a.jar")
                        + " declares driver.usb 51d:0002, which is not VENDOR:PRODUCT in hexadecimal");
    }

    private void jar(String file, String driver, String property) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Service-Component", "OSGI-INF/driver.xml");
        try (var out = new JarOutputStream(Files.newOutputStream(drivers.resolve(file)), manifest)) {
            out.putNextEntry(new JarEntry("OSGI-INF/driver.xml"));
            out.write("""
                    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="driver">
                      <property name="driver.name" type="String" value="%s"/>
                      %s
                    </scr:component>
                    """.formatted(driver, property).getBytes(StandardCharsets.UTF_8));
        }
    }
}
