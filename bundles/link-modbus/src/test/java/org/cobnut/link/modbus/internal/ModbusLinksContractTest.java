package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.LinkContract;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusSlave.Table;
import org.cobnut.testkit.serial.PtyLine;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** RTU over a pseudo-terminal; the device is silent until it is told to send. */
@EnabledOnOs(OS.LINUX)
class ModbusLinksContractTest extends LinkContract<ModbusLink> {
    @TempDir
    Path folder;

    @Override
    protected Class<ModbusLink> kind() {
        return ModbusLink.class;
    }

    @Override
    protected LinkProvider provider() {
        var links = new ModbusLinks();
        links.addCarrier(new SerialLinks(), Map.of(LinkProvider.SCHEME, LinkProvider.SERIAL));
        return links;
    }

    @Override
    protected String nowhere() {
        return "/dev/ttyNOSUCH";
    }

    @Override
    protected boolean receive(ModbusLink link, Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            try {
                return link.readHoldingRegisters(0, 1).length == 1;
            } catch (NoAnswerException silent) {
                if (System.nanoTime() > deadline) return false;
            }
        }
    }

    @Override
    protected FarEnd device() throws IOException {
        var slave = new ModbusRtuSimulator(new ModbusSlave().with(Table.HOLDING, 0, 1), 1, 9600);
        slave.fault(Fault.SILENCE);
        var pty = new PtyLine(slave, folder);
        return new FarEnd() {
            @Override
            public String port() {
                return pty.port();
            }

            @Override
            public void send() {
                slave.fault(Fault.NONE);
            }

            @Override
            public void unplug() throws IOException {
                pty.hang();
            }

            @Override
            public void close() {
                try {
                    pty.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
