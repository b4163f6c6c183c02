package org.cobnut.testkit.usb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A UPS that speaks Megatec's text behind a bridge as in 0665:5161: commands come as reports of eight bytes, and answers leave
 * as interrupt reports of eight bytes. Bridges that frame the text otherwise override {@link #take}.
 */
public class FakeMegatecBridge extends FakeUsbDevice {
    private static final int SET_REPORT = 9;
    private static final int SLICE = 8;
    /** The report descriptor of such a bridge: nothing but a vendor's page. */
    private static final byte[] DESCRIPTOR = {
        0x06,
        0x00,
        (byte) 0xff,
        0x09,
        0x01,
        (byte) 0xa1,
        0x01,
        0x09,
        0x02,
        0x15,
        0x00,
        0x26,
        (byte) 0xff,
        0x00,
        0x75,
        0x08,
        (byte) 0x95,
        0x08,
        (byte) 0x81,
        0x02,
        (byte) 0xc0
    };

    private final Map<String, String> answers = new TreeMap<>();
    private final StringBuilder received = new StringBuilder();
    private final List<String> asked = new ArrayList<>();

    /** A bridge with these ids and the endpoint 0x81. */
    public FakeMegatecBridge(int vendor, int product) {
        super(vendor, product);
        hid(DESCRIPTOR, 0x81);
    }

    /** Sets the answer to a command, both without the end of their line; a command without an answer meets silence. */
    public final synchronized FakeMegatecBridge answer(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    /** The commands that came, in order. */
    public final synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    protected synchronized void take(UsbTransfer transfer) {
        if (!transfer.control() || transfer.in() || transfer.request() != SET_REPORT) {
            super.take(transfer);
            return;
        }
        transfer.accept();
        received(transfer.data());
    }

    /** Takes bytes of commands; the command that they end is answered by {@link #reply}. */
    protected final synchronized void received(byte[] data) {
        for (char c : new String(data, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (c == '\r') {
                String command = received.toString();
                received.setLength(0);
                asked.add(command);
                String answer = answers.get(command);
                if (answer != null) reply(answer + "\r");
            } else if (c != 0) received.append(c);
        }
    }

    /** Sends an answer, its end included. */
    protected void reply(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += SLICE) send(0x81, Arrays.copyOfRange(bytes, at, at + SLICE));
    }
}
