package org.cobnut.drivers.bcmxcp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.usb.FakeUsbDevice;
import org.cobnut.testkit.usb.UsbTransfer;

/** A unit like a Powerware 5125 with two outlets; its orders are read back in hexadecimal. */
final class XcpUnit extends SerialSimulator {
    private static final int LONGEST = 60;
    private static final int PACKET = 8;

    private final Map<Integer, byte[]> blocks = new HashMap<>();
    private final List<String> orders = new ArrayList<>();
    private int speed = 9600;
    private char reply = 0x31;

    XcpUnit() {
        var meters = new byte[80];
        meters[23] = (byte) 0xF0; // VA
        meters[27] = 0x41; // output frequency
        meters[33] = 0x41; // battery voltage
        meters[34] = (byte) 0xF1; // charge, in halves
        meters[35] = (byte) 0xE2; // runtime
        meters[56] = 0x50; // input voltage
        meters[71] = (byte) 0xF0; // most VA
        meters[72] = (byte) 0xE0; // date
        meters[73] = (byte) 0xE1; // time
        var alarms = new byte[24];
        alarms[56 / 8] |= 1 << (56 % 8); // battery low
        alarms[57 / 8] |= 1 << (57 % 8); // utility fail
        alarms[149 / 8] |= 1 << (149 % 8); // needs service
        alarms[168 / 8] |= (byte) (1 << (168 % 8)); // on battery
        var id = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        id.put(new byte[] {2, 0x12, 0x01, 0x03, 0x02, 0}).putShort((short) 30).put(new byte[] {1, 0});
        id.put((byte) 12).put("PW5125 RM   ".getBytes(StandardCharsets.US_ASCII));
        id.put((byte) meters.length).put(meters).put((byte) alarms.length).put(alarms);
        id.putShort((short) 80)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 2);
        id.put((byte) 20).putShort((short) 8).putShort((short) 14).putShort((short) 4);
        blocks.put(0x31, bytes(id.flip()));
        blocks.put(0x33, new byte[] {0x50, 0});
        blocks.put(0x34, meterBlock(600, 50.1f, 27.3f, 200, 1800, 231f, 1500));
        blocks.put(0x35, new byte[4]);
        blocks.put(0x36, configuration());
        blocks.put(0x3B, HexFormat.of().parseHex("0200781d4200e017421e000000000000000000" + "0103"));
        blocks.put(0x3C, limits());
        blocks.put(
                0x40, new byte[] {6, 1, (byte) 0x88, (byte) 0x89, (byte) 0x8A, (byte) 0x8B, (byte) 0xB1, (byte) 0xB2});
        blocks.put(0x41, HexFormat.of().parseHex("0206" + "0101ffff0000" + "02021e000a00"));
        blocks.put(0x43, new byte[] {0x20, 0});
        blocks.put(0xA0, new byte[] {0x31, 0, 0});
    }

    /** It answers at this speed only, unless the line has none. */
    XcpUnit at(int bits) {
        speed = bits;
        return this;
    }

    XcpUnit block(int code, int... bytes) {
        var block = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) block[i] = (byte) bytes[i];
        blocks.put(code, block);
        return this;
    }

    /** What it says to an order from now on. */
    void reply(int code) {
        reply = (char) code;
    }

    /** The orders that came since the last call, without questions for lists. */
    List<String> orders() {
        List<String> all = orders.stream()
                .filter(order -> !order.startsWith("95ff") && !order.equals("b2ff"))
                .toList();
        orders.clear();
        return all;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var all = new byte[buffer.remaining()];
        buffer.get(all);
        return all;
    }

    private static byte[] meterBlock(
            int va, float hertz, float battery, int charge, int runtime, float input, int most) {
        return bytes(ByteBuffer.allocate(36)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(va)
                .putFloat(hertz)
                .putFloat(battery)
                .putInt(charge)
                .putInt(runtime)
                .putFloat(input)
                .putInt(most)
                .put(new byte[] {0x07, 0x03, 0x24, (byte) 0xA0}) // 7 March 2024
                .put(new byte[] {0x50, 0x30, 0x15, 0x12})
                .flip());
    }

    private static byte[] configuration() {
        var block = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        block.putShort(8, (short) 230)
                .putShort(10, (short) 50)
                .put(16, (byte) 0x20)
                .put(26, (byte) 1);
        block.put(48, "103003274-6591".getBytes(StandardCharsets.US_ASCII));
        block.put(64, "BF123A4567".getBytes(StandardCharsets.US_ASCII));
        return block.array();
    }

    private static byte[] limits() {
        var block = ByteBuffer.allocate(31).order(ByteOrder.LITTLE_ENDIAN);
        block.putShort(0, (short) 230).putShort(2, (short) 50).putShort(8, (short) 300);
        block.putShort(10, (short) 200)
                .putShort(12, (short) 250)
                .put(16, (byte) 3)
                .put(17, (byte) 1);
        block.putShort(18, (short) 166).putShort(20, (short) 276).putShort(22, (short) 3);
        return block.array();
    }

    @Override
    protected boolean hears(int bits) {
        return bits == 0 || bits == speed;
    }

    @Override
    protected int requestLength(String text) {
        if (text.charAt(0) != 0xAB) return 1;
        return text.length() > 1 && text.length() >= text.charAt(1) + 3 ? text.charAt(1) + 3 : 0;
    }

    @Override
    protected List<String> answer(String request) {
        if (request.length() < 3 || (request.chars().sum() & 0xff) != 0) return List.of();
        String command = request.substring(2, request.length() - 1);
        byte[] block = blocks.get((int) command.charAt(0));
        if (block != null) return frames(command.charAt(0) == 0xA0 ? 1 : command.charAt(0) - 0x30, block);
        if (command.charAt(0) == 0xCF) return List.of();
        orders.add(HexFormat.of().formatHex(command.getBytes(StandardCharsets.ISO_8859_1)));
        if (command.startsWith("\u0095\u00ff")) return frames(9, new byte[] {0x31, 0, 0, 5, 6, 7});
        if (command.equals("\u00b2\u00ff")) return frames(9, new byte[] {0x31, 0, 0, 1, 4});
        return frames(9, new byte[] {(byte) reply, 0, 0x78, 0});
    }

    private static List<String> frames(int number, byte[] block) {
        var all = new StringBuilder();
        for (int at = 0, sequence = 1; at < block.length; at += LONGEST, sequence++) {
            int length = Math.min(LONGEST, block.length - at);
            boolean last = at + length == block.length;
            String frame = "\u00ab" + (char) number + (char) length + (char) (sequence + (last ? 0x80 : 0))
                    + new String(block, at, length, StandardCharsets.ISO_8859_1);
            all.append(frame).append((char) (-frame.chars().sum() & 0xff));
        }
        return List.of(all.toString());
    }

    /** The same unit on USB, where a transfer carries some bytes of a frame. */
    FakeUsbDevice usb(int vendor, int product, List<String> transfers) {
        return new FakeUsbDevice(vendor, product) {
            @Override
            protected synchronized void take(UsbTransfer transfer) {
                if (!transfer.control() || transfer.in()) {
                    super.take(transfer);
                    return;
                }
                transfers.add("%02x %02x %04x".formatted(transfer.requestType(), transfer.request(), transfer.value()));
                transfer.accept();
                String frame = new String(transfer.data(), StandardCharsets.ISO_8859_1);
                for (String text : XcpUnit.this.answer(frame)) {
                    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                    for (int at = 0; at < bytes.length; at += PACKET)
                        send(0x81, Arrays.copyOfRange(bytes, at, Math.min(at + PACKET, bytes.length)));
                }
            }
        }.plain(0x81);
    }
}
