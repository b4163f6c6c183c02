package org.cobnut.link.modbus.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusSlave.Table;
import org.cobnut.testkit.serial.SimulatedLine;
import org.junit.jupiter.api.Test;

class ModbusLinksTest {
    private final ModbusLinks links = new ModbusLinks();
    private final AtomicReference<LinkRequest> asked = new AtomicReference<>();
    private final LinkProvider serial = request -> {
        asked.set(request);
        var slave = new ModbusSlave().with(Table.HOLDING, 0, 5);
        return new SimulatedLine(
                new ModbusRtuSimulator(slave, 1, 19_200),
                request.parameters(SerialParameters.class).orElseThrow());
    };

    @Test
    void waitsForABundleThatOffersBytes() throws IOException {
        var request = TestRequest.of(ModbusLink.class, "/dev/ttyS0", speed(19_200));
        assertThatIOException()
                .isThrownBy(() -> request.open(links))
                .withMessageStartingWith("port /dev/ttyS0 is not opened: no bundle offers links of bytes to 'serial'");

        links.addCarrier(serial, Map.of(LinkProvider.SCHEME, LinkProvider.SERIAL));
        assertThat(request.retries()).isOne();
        assertThat(request.open(links).readHoldingRegisters(0, 1)).containsExactly(5);
    }

    @Test
    void asksForBytesInTheNameOfTheDevice() throws IOException {
        links.addCarrier(serial, Map.of(LinkProvider.SCHEME, new String[] {"serial", "other"}));
        TestRequest.of(ModbusLink.class, "/dev/ttyS0", speed(19_200))
                .without("taken")
                .sharing()
                .open(links);

        LinkRequest request = asked.get();
        assertThat(request.kind()).isEqualTo(org.cobnut.link.ByteLink.class);
        assertThat(request.ups()).isEqualTo("test");
        assertThat(request.port()).isEqualTo("/dev/ttyS0");
        assertThat(request.shared()).isTrue();
        assertThat(request.lease("taken")).isFalse();
        assertThat(request.parameters(SerialParameters.class)).hasValue(SerialParameters.at(19_200));
    }

    @Test
    void setsNoLineOfAGatewayThatSeveralSectionsUse() throws IOException {
        links.addCarrier(
                request -> {
                    asked.set(request);
                    return new SimulatedLine(
                            new ModbusRtuSimulator(new ModbusSlave(), 1, 0), SerialParameters.at(9600));
                },
                Map.of(LinkProvider.SCHEME, "tcp"));
        TestRequest.of(ModbusLink.class, "tcp:gateway:502", speed(19_200)).open(links);
        assertThat(asked.get().parameters(SerialParameters.class)).isEmpty();
    }

    @Test
    void closesItsLinksWhenItStops() throws IOException {
        links.addCarrier(serial, Map.of(LinkProvider.SCHEME, LinkProvider.ANY));
        ModbusLink link =
                TestRequest.of(ModbusLink.class, "rtu:somewhere", speed(19_200)).open(links);
        links.stop();
        assertThatIOException().isThrownBy(() -> link.readHoldingRegisters(0, 1));
    }

    @Test
    void opensNothingWhereItsBytesAreGone() {
        links.addCarrier(serial, Map.of(LinkProvider.SCHEME, LinkProvider.SERIAL));
        links.removeCarrier(serial);
        assertThatIOException()
                .isThrownBy(() -> TestRequest.of(ModbusLink.class, "/dev/ttyS0").open(links));
    }

    private static ModbusParameters speed(int bits) {
        return ModbusParameters.unit(1).line(SerialParameters.at(bits));
    }
}
