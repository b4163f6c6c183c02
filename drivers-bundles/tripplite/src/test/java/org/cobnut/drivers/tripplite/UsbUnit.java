package org.cobnut.drivers.tripplite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.usb.FakeUsbDevice;
import org.cobnut.testkit.usb.UsbTransfer;

/** A unit on USB that answers letters; what it does not know it answers with its last report, as real ones do. */
final class UsbUnit extends FakeUsbDevice {
    private static final byte[] REPORTS = {6, 0, (byte) 0xff, 9, 1, (byte) 0xa1, 1, (byte) 0xc0};
    private static final int IN = 0x81;

    private final Map<Character, byte[]> answers = new HashMap<>();
    private final List<String> orders = new ArrayList<>();
    private byte[] last = new byte[8];
    private int stale;

    /** A unit with this protocol number, without any further answer. */
    UsbUnit(int protocol) {
        super(0x09ae, 0x0001);
        hid(REPORTS, IN);
        strings("Tripp Lite ", "TRIPP LITE SMARTPRO", null);
        bytes('\0', "%04x58585858".formatted(protocol));
        for (char order : "WANGKJZ".toCharArray()) bytes(order, "");
    }

    /** A unit on line that the protocol's rows find all in. */
    static UsbUnit of(UsbProtocol protocol) {
        var unit = new UsbUnit(Integer.parseInt(protocol.toString(), 16));
        unit.text('P', "01500X").text('F', "1019 A");
        if (protocol.binary())
            unit.bytes('S', "010000006400")
                    .bytes('V', "02000c015858")
                    .bytes('D', "007b008b")
                    .bytes('M', "0074007e")
                    .bytes('T', "210002570158")
                    .bytes('L', "070000075858")
                    .bytes('U', "0000");
        else if (protocol.smart())
            unit.bytes('S', "313030006430")
                    .text('V', "1062XX")
                    .text('D', "7187")
                    .text('M', "007F")
                    .text('T', "7D2581")
                    .text('L', "290D_X")
                    .bytes('U', "ffff");
        else
            unit.text('V', "102XXX")
                    .text('B', "0C9CE9")
                    .text('L', "00E2XX")
                    .text('S', protocol == UsbProtocol.OMNIVS ? "10_XXX" : "10000X")
                    .bytes('U', "ffff");
        return unit;
    }

    /** Sets an answer by its characters behind the letter. */
    UsbUnit text(char letter, String characters) {
        return bytes(letter, HexFormat.of().formatHex(characters.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Sets an answer by its bytes behind the letter, in hexadecimal digits; CR is put behind them. */
    synchronized UsbUnit bytes(char letter, String digits) {
        byte[] bytes = HexFormat.of().parseHex(digits);
        var report = new byte[8];
        report[0] = (byte) letter;
        System.arraycopy(bytes, 0, report, 1, bytes.length);
        report[bytes.length + 1] = '\r';
        answers.put(letter, report);
        return this;
    }

    synchronized UsbUnit without(char letter) {
        answers.remove(letter);
        return this;
    }

    /** Sends its last report so often in front of each answer. */
    synchronized UsbUnit stale(int times) {
        stale = times;
        return this;
    }

    /** The requests for these letters since the last call, in hexadecimal digits, without the colon. */
    synchronized List<String> orders(String letters) {
        List<String> found = orders.stream()
                .filter(order -> letters.indexOf((char) Integer.parseInt(order.substring(0, 2), 16)) >= 0)
                .toList();
        orders.clear();
        return found;
    }

    @Override
    protected synchronized void take(UsbTransfer transfer) {
        if (!transfer.control() || transfer.in()) {
            super.take(transfer);
            return;
        }
        byte[] report = transfer.data();
        int end = end(report);
        if (report.length != 8 || report[0] != ':' || end < 0) {
            transfer.stall();
            return;
        }
        transfer.accept();
        orders.add(HexFormat.of().formatHex(report, 1, end));
        for (int i = 0; i < stale; i++) send(IN, last);
        last = answers.getOrDefault((char) report[1], last);
        send(IN, last);
    }

    /** Where the check sum stands that fits, with CR behind it; -1 for nowhere. */
    private static int end(byte[] report) {
        int sum = 0;
        for (int i = 1; i < 7; i++) {
            if (i > 1 && report[i] == (byte) (255 - sum) && report[i + 1] == '\r') return i;
            sum += report[i];
        }
        return -1;
    }
}
