package org.cobnut.drivers.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.testkit.DebianDriver;
import org.cobnut.testkit.DriverFacts;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusTcpServer;
import org.cobnut.testkit.serial.PtyLine;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same device read by Debian's NUT 2.8.0 and by us. What differs is listed, with why, in docs/drivers/modbus.md; a
 * difference that is not listed fails here, and so does one that is listed and no longer there.
 */
@Timeout(90)
class DifferentialTest {
    private static final Path PAGE = Path.of("../../docs/drivers/modbus.md");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "QUINT, phoenixcontact_modbus",
        "HUAWEI, huawei-ups2000",
        "SOCOMEC, socomec_jbus",
        "ADELSYSTEM, adelsystem_cbi",
        "GENERIC, generic_modbus"
    })
    void differsFromTheCDriverOnlyAsDocumented(Devices device, String program) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed(program), "Debian's nut-modbus is not installed");
        DriverFacts ours = DriverFacts.of(new Bench(device).poll());
        assertThat(theirs(device, device.slave(), program).differences(ours))
                .isEqualTo(DriverFacts.documented(PAGE, device.name().toLowerCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @CsvSource({
        "QUINT, phoenixcontact_modbus",
        "HUAWEI, huawei-ups2000",
        "SOCOMEC, socomec_jbus",
        "ADELSYSTEM, adelsystem_cbi",
        "GENERIC, generic_modbus"
    })
    void differsOnBatteryOnlyAsDocumented(Devices device, String program) throws IOException {
        Assumptions.assumeTrue(DebianDriver.installed(program), "Debian's nut-modbus is not installed");
        var bench = new Bench(device);
        device.onBattery(bench.slave());
        ModbusSlave slave = device.slave();
        device.onBattery(slave);
        DriverFacts ours = DriverFacts.of(bench.poll());
        assertThat(theirs(device, slave, program).differences(ours))
                .isEqualTo(
                        DriverFacts.documented(PAGE, device.name().toLowerCase(java.util.Locale.ROOT) + " on battery"));
    }

    private DriverFacts theirs(Devices device, ModbusSlave slave, String program) throws IOException {
        if (List.of("adelsystem_cbi", "generic_modbus").contains(program)) {
            try (var server = new ModbusTcpServer(slave);
                    var driver = DebianDriver.start(folder, program, "127.0.0.1:" + server.port(), device.options())) {
                return driver.facts();
            }
        }
        Path line = Files.createDirectory(folder.resolve("line"));
        try (var pty = new PtyLine(new ModbusRtuSimulator(slave, device.unit(), device.speed()), line);
                var driver = DebianDriver.start(folder, program, pty.port(), device.options())) {
            return driver.facts();
        }
    }
}
