package org.cobnut.testkit.modbus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A slave of Modbus: registers and bits, what is written to them, and how it fails. It answers requests without their frames;
 * {@link ModbusTcpServer} and {@link ModbusRtuSimulator} put it on a line. Safe for several threads.
 */
public final class ModbusSlave {
    /** The tables of Modbus, by the function that reads them. */
    public enum Table {
        COIL(1),
        DISCRETE(2),
        HOLDING(3),
        INPUT(4);

        private final int function;

        Table(int function) {
            this.function = function;
        }
    }

    private final Map<Table, SortedMap<Integer, Integer>> tables = new ConcurrentHashMap<>();
    private final Map<Integer, String> identification = new TreeMap<>();
    private final List<String> writes = new ArrayList<>();
    private final List<String> reads = new ArrayList<>();
    private OptionalInt refusal = OptionalInt.empty();

    /** Gives it registers or bits in a row; what nobody gave it, it refuses. */
    public synchronized ModbusSlave with(Table table, int address, int... values) {
        for (int i = 0; i < values.length; i++) rows(table).put(address + i, values[i] & 0xffff);
        return this;
    }

    /** Gives it text, two characters a register, the high byte first, filled up with zeros. */
    public ModbusSlave text(Table table, int address, int registers, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < registers; i++)
            with(
                    table,
                    address + i,
                    (2 * i < bytes.length ? bytes[2 * i] & 0xff : 0) << 8
                            | (2 * i + 1 < bytes.length ? bytes[2 * i + 1] & 0xff : 0));
        return this;
    }

    /** Gives it an object of its identification. */
    public synchronized ModbusSlave object(int number, String text) {
        identification.put(number, text);
        return this;
    }

    /** From now on it refuses everything with this exception; empty for nothing more. */
    public synchronized void refuse(OptionalInt code) {
        refusal = code;
    }

    /** What was written since the last call, such as "holding 40 = 1 2" or "coil 3 = 1". */
    public synchronized List<String> writes() {
        List<String> all = List.copyOf(writes);
        writes.clear();
        return all;
    }

    /** What was read since the last call, such as "holding 0 + 27". */
    public synchronized List<String> reads() {
        List<String> all = List.copyOf(reads);
        reads.clear();
        return all;
    }

    /** Answers a request, both without their frames. */
    public synchronized byte[] answer(byte[] request) {
        int function = request[0] & 0xff;
        if (refusal.isPresent()) return exception(function, refusal.getAsInt());
        try {
            ByteBuffer in = ByteBuffer.wrap(request, 1, request.length - 1);
            return switch (function) {
                case 1, 2, 3, 4 -> read(function, in.getShort() & 0xffff, in.getShort() & 0xffff);
                case 5, 6 -> writeOne(function, in.getShort() & 0xffff, in.getShort() & 0xffff, request);
                case 15, 16 -> writeSeveral(function, in);
                case 43 -> identify(request);
                default -> exception(function, 1);
            };
        } catch (java.nio.BufferUnderflowException shortRequest) {
            return exception(function, 3);
        }
    }

    private byte[] read(int function, int address, int count) {
        Table table = table(function);
        reads.add(table.name().toLowerCase(java.util.Locale.ROOT) + " " + address + " + " + count);
        for (int i = 0; i < count; i++) if (!rows(table).containsKey(address + i)) return exception(function, 2);
        boolean bits = function < 3;
        int length = bits ? (count + 7) / 8 : count * 2;
        ByteBuffer out = ByteBuffer.allocate(2 + length).put((byte) function).put((byte) length);
        for (int i = 0; i < count; i++) {
            int value = rows(table).getOrDefault(address + i, 0);
            if (!bits) out.putShort((short) value);
            else if (value != 0) out.put(2 + i / 8, (byte) (out.get(2 + i / 8) | 1 << i % 8));
        }
        return out.array();
    }

    private byte[] writeOne(int function, int address, int value, byte[] request) {
        Table table = function == 5 ? Table.COIL : Table.HOLDING;
        if (!rows(table).containsKey(address)) return exception(function, 2);
        int stored = function == 5 ? (value == 0 ? 0 : 1) : value;
        with(table, address, stored);
        writes.add(table.name().toLowerCase(java.util.Locale.ROOT) + " " + address + " = " + stored);
        return request;
    }

    private byte[] writeSeveral(int function, ByteBuffer in) {
        Table table = function == 15 ? Table.COIL : Table.HOLDING;
        int address = in.getShort() & 0xffff;
        int count = in.getShort() & 0xffff;
        in.get();
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            if (!rows(table).containsKey(address + i)) return exception(function, 2);
            int value = function == 16 ? in.getShort() & 0xffff : in.get(in.position() + i / 8) >> i % 8 & 1;
            with(table, address + i, value);
            text.append(' ').append(value);
        }
        writes.add(table.name().toLowerCase(java.util.Locale.ROOT) + " " + address + " =" + text);
        return ByteBuffer.allocate(5)
                .put((byte) function)
                .putShort((short) address)
                .putShort((short) count)
                .array();
    }

    private byte[] identify(byte[] request) {
        if (identification.isEmpty()) return exception(request[0], 1);
        ByteBuffer out = ByteBuffer.allocate(256);
        out.put(new byte[] {43, 14, request[2], request[2], 0, 0, (byte) identification.size()});
        identification.forEach((number, text) ->
                out.put(number.byteValue()).put((byte) text.length()).put(text.getBytes(StandardCharsets.ISO_8859_1)));
        var answer = new byte[out.position()];
        out.get(0, answer);
        return answer;
    }

    private SortedMap<Integer, Integer> rows(Table table) {
        return tables.computeIfAbsent(table, none -> new TreeMap<>());
    }

    private static Table table(int function) {
        for (Table table : Table.values()) if (table.function == function) return table;
        throw new AssertionError(function);
    }

    private static byte[] exception(int function, int code) {
        return new byte[] {(byte) (function | 0x80), (byte) code};
    }
}
