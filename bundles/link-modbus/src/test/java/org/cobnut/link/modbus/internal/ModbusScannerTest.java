package org.cobnut.link.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cobnut.scan.AddressRange;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.cobnut.testkit.ScannerContract;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusSlave.Table;
import org.cobnut.testkit.modbus.ModbusTcpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModbusScannerTest extends ScannerContract {
    private final ServerSocket silent;
    private final ModbusTcpServer server;

    ModbusScannerTest() throws IOException {
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server = new ModbusTcpServer(new ModbusSlave().text(Table.HOLDING, 532, 16, "Smart-UPS 1500"));
    }

    @AfterEach
    void stop() throws IOException {
        silent.close();
        server.close();
    }

    @Override
    protected Scanner scanner() {
        return new ModbusScanner();
    }

    private static ScanRequest at(int port) {
        InetAddress host = InetAddress.getLoopbackAddress();
        return ScanRequest.all()
                .withRanges(List.of(AddressRange.of(host, host)))
                .withTcpPort(port)
                .withTimeout(Duration.ofMillis(200));
    }

    @Override
    protected ScanRequest request() {
        return at(server.port());
    }

    /** It connects and says nothing, to one kind after the other. */
    @Override
    protected Optional<ScanRequest> silence() {
        return Optional.of(at(silent.getLocalPort()).withTimeout(Duration.ofSeconds(20)));
    }

    private String found(ModbusSlave slave) {
        try (var device = new ModbusTcpServer(slave)) {
            Told told = scan(scanner(), at(device.port()));
            assertThat(told.problems()).isEmpty();
            return told.devices().stream().findFirst().orElseThrow().driver().orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Test
    void tellsTheDevicesApartThatADriverKnows() {
        assertThat(found(new ModbusSlave().text(Table.HOLDING, 532, 16, "Smart-UPS 1500")))
                .isEqualTo("apc_modbus");
        assertThat(found(new ModbusSlave().object(0x87, "\0\0\0\1").object(0x88, "1=UPS2000;2=V100")))
                .isEqualTo("huawei-ups2000");
        assertThat(found(new ModbusSlave().with(Table.HOLDING, 0x1000, 515))).isEqualTo("socomec_jbus");
        assertThat(found(new ModbusSlave().with(Table.INPUT, 4, 544, 0x6D9A, 0xDE90, 0x527D, 8)))
                .isEqualTo("phoenixcontact_modbus");
        assertThat(found(new ModbusSlave().with(Table.HOLDING, 0, new int[126]).with(Table.HOLDING, 67, 4)))
                .isEqualTo("adelsystem_cbi");
        assertThat(found(new ModbusSlave()
                        .with(Table.HOLDING, 30_000, new int[27])
                        .with(Table.HOLDING, 30_004, 1000, 2300)))
                .isEqualTo("must_ep2000pro");
        assertThat(found(new ModbusSlave().with(Table.DISCRETE, 1, 1))).isEqualTo("generic_modbus");
    }

    @Test
    void writesNothing() throws Exception {
        var slave = new ModbusSlave().with(Table.COIL, 0, new int[100]);
        found(slave);
        assertThat(slave.writes()).isEmpty();
    }
}
