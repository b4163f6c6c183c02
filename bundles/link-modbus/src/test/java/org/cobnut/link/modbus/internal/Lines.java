package org.cobnut.link.modbus.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.testkit.modbus.ModbusRtuSimulator;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.serial.SimulatedLine;

/** Links to a slave in memory, in both framings. */
final class Lines {
    static final int UNIT = 7;
    private static final ModbusParameters PARAMETERS = ModbusParameters.unit(UNIT);

    private Lines() {}

    static ModbusLink rtu(ModbusRtuSimulator device) {
        return over(new SimulatedLine(device, SerialParameters.at(9600)), new RtuCodec());
    }

    static ModbusLink tcp(ModbusSlave slave) {
        return tcp(slave, frame -> frame);
    }

    /** @param spoil what becomes of each frame that the slave sends */
    static ModbusLink tcp(ModbusSlave slave, UnaryOperator<byte[]> spoil) {
        return over(new TcpLine(slave, spoil), new TcpCodec());
    }

    static ModbusLink over(ByteLink line, FrameCodec codec) {
        return new FramedModbusLink(line, codec, PARAMETERS, closed -> {});
    }

    /** Bytes that a slave answers at once. */
    private static final class TcpLine implements ByteLink {
        private static final int HEADER = 7;

        private final ModbusSlave slave;
        private final UnaryOperator<byte[]> spoil;
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

        TcpLine(ModbusSlave slave, UnaryOperator<byte[]> spoil) {
            this.slave = slave;
            this.spoil = spoil;
        }

        @Override
        public void write(byte[] request) {
            byte[] answer = slave.answer(Arrays.copyOfRange(request, HEADER, request.length));
            ByteBuffer frame = ByteBuffer.allocate(HEADER + answer.length);
            frame.put(request, 0, HEADER).put(answer).putShort(4, (short) (answer.length + 1));
            arrived.writeBytes(spoil.apply(frame.array()));
        }

        @Override
        public int read(byte[] into, Duration wait) throws IOException {
            byte[] all = arrived.toByteArray();
            int count = Math.min(into.length, all.length);
            System.arraycopy(all, 0, into, 0, count);
            arrived.reset();
            arrived.write(all, count, all.length - count);
            return count;
        }

        @Override
        public void discard() {
            arrived.reset();
        }

        @Override
        public void close() {}
    }
}
