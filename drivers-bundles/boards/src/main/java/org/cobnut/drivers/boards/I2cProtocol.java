package org.cobnut.drivers.boards;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.cobnut.model.Outcome;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineProtocol;

/**
 * Registers of chips on an I2C bus, by the kernel's SMBus calls. A question is an address, a register and what is read, such as
 * {@code 14:40:1}: 1 for a byte, 2 for a word, s for a block that tells its length, any other number for so many bytes. Bytes
 * are characters, a word's low one first.
 */
final class I2cProtocol implements LineProtocol<String> {
    private static final long USE_ADDRESS = 0x0703;
    private static final long TRANSFER = 0x0720;
    private static final int BUSY = 16;
    private static final int READ = 1;
    private static final int WRITE = 0;
    private static final int BYTE = 2;
    private static final int WORD = 3;
    private static final int COUNTED_BLOCK = 5;
    private static final int BLOCK = 8;
    private static final int LARGEST = 34;
    private static final int TRIES = 3;

    private final DeviceFile bus;
    private int address = -1;

    I2cProtocol(DeviceFile bus) {
        this.bus = bus;
    }

    @Override
    public String ask(String question) throws IOException {
        int error = 0;
        for (int i = 0; i < TRIES; i++) {
            var data = new Memory(LARGEST);
            data.clear();
            String[] words = question.split(":");
            int kind =
                    switch (words[2]) {
                        case "1" -> BYTE;
                        case "2" -> WORD;
                        case "s" -> COUNTED_BLOCK;
                        default -> BLOCK;
                    };
            if (kind == BLOCK) data.setByte(0, Byte.parseByte(words[2]));
            error = transfer(words, READ, kind, data);
            if (error == 0) return taken(kind, data);
        }
        throw new UnfitAnswerException("the chip does not answer (error %d of the kernel)".formatted(error));
    }

    private static String taken(int kind, Memory data) throws UnfitAnswerException {
        if (kind == BYTE || kind == WORD) return text(data.getByteArray(0, kind == BYTE ? 1 : 2));
        int length = data.getByte(0) & 0xff;
        if (length >= LARGEST - 1) throw new UnfitAnswerException("its block is longer than a block can be");
        return text(data.getByteArray(1, length));
    }

    /** A part is a number at a byte, such as 0: u0 and i0 of one byte, U0 and I0 of two, without and with a sign; t is the text. */
    @Override
    public Optional<String> part(String answer, AnswerPart part) {
        char kind = part.part().charAt(0);
        if (kind == 't') return Optional.of(answer);
        int at = Integer.parseInt(part.part().substring(1));
        boolean wide = Character.isUpperCase(kind);
        if (answer.length() < at + (wide ? 2 : 1)) return Optional.empty();
        int value = wide ? answer.charAt(at) | answer.charAt(at + 1) << 8 : answer.charAt(at);
        if (Character.toLowerCase(kind) == 'i') value = wide ? (short) value : (byte) value;
        return Optional.of(Integer.toString(value));
    }

    /** An order is an address, a register and the bytes that are written, one or two, in hexadecimal. */
    @Override
    public Outcome give(String order, String argument) throws IOException {
        String[] words = order.split(":");
        byte[] bytes = HexFormat.of().parseHex(words[2]);
        var data = new Memory(LARGEST);
        data.clear();
        data.write(0, bytes, 0, bytes.length);
        int error = transfer(words, WRITE, bytes.length == 1 ? BYTE : WORD, data);
        return error == 0
                ? Outcome.handled()
                : Outcome.failed("the chip does not take it (error %d of the kernel)".formatted(error));
    }

    private int transfer(String[] words, int direction, int kind, Memory data) throws IOException {
        select(Integer.parseInt(words[0], 16));
        var request = new Memory(8 + com.sun.jna.Native.POINTER_SIZE);
        request.clear();
        request.setByte(0, (byte) direction);
        request.setByte(1, (byte) Integer.parseInt(words[1], 16));
        request.setInt(4, kind);
        request.setPointer(8, data);
        return bus.control(TRANSFER, request);
    }

    private void select(int other) throws IOException {
        if (address == other) return;
        int error = bus.control(USE_ADDRESS, other);
        if (error != 0)
            throw new IOException("%s: the address %02x cannot be used: %s"
                    .formatted(
                            bus.path(),
                            other,
                            error == BUSY
                                    ? "a driver of the kernel has it; unload that"
                                    : "error " + error + " of the kernel"));
        address = other;
    }

    @Override
    public void close() {
        bus.close();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
