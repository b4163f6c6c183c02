package org.cobnut.link.modbus.internal;

import com.digitalpetri.modbus.ModbusPduSerializer.DefaultRequestSerializer;
import com.digitalpetri.modbus.ModbusPduSerializer.DefaultResponseSerializer;
import com.digitalpetri.modbus.pdu.ModbusPdu;
import com.digitalpetri.modbus.pdu.ModbusRequestPdu;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.cobnut.link.ByteLink;
import org.cobnut.link.modbus.ModbusException;
import org.cobnut.link.modbus.ModbusFrameException;
import org.cobnut.link.modbus.ModbusLink;
import org.cobnut.link.modbus.ModbusParameters;

/** Sends requests and reads their responses over a link of bytes. */
final class FramedModbusLink implements ModbusLink {
    private static final int LONGEST_PDU = 253;
    private static final int LAST = 0xffff;

    /** A line that was quiet so long after a bad response has nothing more to say to the last request. */
    private static final Duration QUIET = Duration.ofMillis(30);

    /** What still comes after this many reads is noise without end. */
    private static final int MOST_NOISE = 20;

    private final ByteLink bytes;
    private final FrameCodec codec;
    private final ModbusParameters parameters;
    private final Consumer<FramedModbusLink> closed;
    private boolean noisy;

    /** @param closed is told when the link is closed */
    FramedModbusLink(ByteLink bytes, FrameCodec codec, ModbusParameters parameters, Consumer<FramedModbusLink> closed) {
        this.bytes = bytes;
        this.codec = codec;
        this.parameters = parameters;
        this.closed = closed;
    }

    @Override
    public boolean[] readCoils(int address, int count) throws IOException {
        range(address, count, MOST_BITS);
        var response = ask(new ReadCoilsRequest(address, count), ReadCoilsResponse.class);
        return bits(response.coils(), count);
    }

    @Override
    public boolean[] readDiscreteInputs(int address, int count) throws IOException {
        range(address, count, MOST_BITS);
        var response = ask(new ReadDiscreteInputsRequest(address, count), ReadDiscreteInputsResponse.class);
        return bits(response.inputs(), count);
    }

    @Override
    public int[] readHoldingRegisters(int address, int count) throws IOException {
        range(address, count, MOST_REGISTERS);
        var response = ask(new ReadHoldingRegistersRequest(address, count), ReadHoldingRegistersResponse.class);
        return registers(response.registers(), count);
    }

    @Override
    public int[] readInputRegisters(int address, int count) throws IOException {
        range(address, count, MOST_REGISTERS);
        var response = ask(new ReadInputRegistersRequest(address, count), ReadInputRegistersResponse.class);
        return registers(response.registers(), count);
    }

    @Override
    public void writeCoil(int address, boolean on) throws IOException {
        range(address, 1, 1);
        ask(new WriteSingleCoilRequest(address, on), ModbusPdu.class);
    }

    @Override
    public void writeRegister(int address, int value) throws IOException {
        range(address, 1, 1);
        ask(new WriteSingleRegisterRequest(address, value & LAST), ModbusPdu.class);
    }

    @Override
    public void writeCoils(int address, boolean... values) throws IOException {
        range(address, values.length, MOST_BITS);
        var packed = new byte[(values.length + 7) / 8];
        for (int i = 0; i < values.length; i++) if (values[i]) packed[i / 8] |= (byte) (1 << i % 8);
        ask(new WriteMultipleCoilsRequest(address, values.length, packed), ModbusPdu.class);
    }

    @Override
    public void writeRegisters(int address, int... values) throws IOException {
        range(address, values.length, MOST_REGISTERS - 2);
        ByteBuffer packed = ByteBuffer.allocate(values.length * 2);
        for (int value : values) packed.putShort((short) value);
        ask(new WriteMultipleRegistersRequest(address, values.length, packed.array()), ModbusPdu.class);
    }

    @Override
    public SortedMap<Integer, String> readIdentification(int level, int object) throws IOException {
        return Identification.objects(exchange(Identification.FUNCTION, Identification.request(level, object)));
    }

    @Override
    public void close() {
        bytes.close();
        closed.accept(this);
    }

    private <P extends ModbusPdu> P ask(ModbusRequestPdu request, Class<P> expected) throws IOException {
        ByteBuffer pdu = ByteBuffer.allocate(LONGEST_PDU);
        try {
            DefaultRequestSerializer.INSTANCE.encode(request, pdu);
        } catch (com.digitalpetri.modbus.exceptions.ModbusException impossible) {
            throw new AssertionError(impossible);
        }
        ByteBuffer response = exchange(request.getFunctionCode(), pdu.flip());
        try {
            response.position(response.position() - 1);
            return expected.cast(DefaultResponseSerializer.INSTANCE.decode(request.getFunctionCode(), response));
        } catch (com.digitalpetri.modbus.exceptions.ModbusException
                | BufferUnderflowException
                | IllegalArgumentException cut) {
            noisy = true;
            throw new ModbusFrameException("the response is cut off");
        }
    }

    /** Sends a request; the response stands behind its function code. */
    private ByteBuffer exchange(int function, ByteBuffer request) throws IOException {
        bytes.discard();
        if (noisy) waitUntilQuiet();
        boolean good = false;
        try {
            bytes.write(codec.encode(parameters.unit(), request));
            ByteBuffer response =
                    codec.decode(parameters.unit(), function, new ByteReader(bytes, parameters.response()));
            int answered = response.get() & 0xff;
            good = true;
            if (answered == function) return response;
            good = answered == (function | 0x80) && response.hasRemaining();
            if (good) throw new ModbusException(response.get() & 0xff);
            throw new ModbusFrameException(
                    "the response is to function %d, and not to %d".formatted(answered, function));
        } finally {
            noisy = !good;
        }
    }

    /** The rest of a bad response would be taken for the beginning of the next. */
    private void waitUntilQuiet() throws IOException {
        var rest = new byte[LONGEST_PDU];
        int reads = 0;
        while (reads < MOST_NOISE && bytes.read(rest, QUIET) > 0) reads++;
        bytes.discard();
    }

    private static void range(int address, int count, int most) {
        if (address < 0 || count < 1 || count > most || address + count - 1 > LAST)
            throw new IllegalArgumentException(
                    "%d registers or bits from %d on are more than one request takes".formatted(count, address));
    }

    private static int[] registers(byte[] packed, int count) throws ModbusFrameException {
        if (packed.length != count * 2)
            throw new ModbusFrameException(
                    "the response holds %d bytes for %d registers".formatted(packed.length, count));
        ByteBuffer buffer = ByteBuffer.wrap(packed);
        var values = new int[count];
        for (int i = 0; i < count; i++) values[i] = buffer.getShort() & LAST;
        return values;
    }

    private static boolean[] bits(byte[] packed, int count) throws ModbusFrameException {
        if (packed.length != (count + 7) / 8)
            throw new ModbusFrameException("the response holds %d bytes for %d bits".formatted(packed.length, count));
        var values = new boolean[count];
        for (int i = 0; i < count; i++) values[i] = (packed[i / 8] >> i % 8 & 1) != 0;
        return values;
    }
}
