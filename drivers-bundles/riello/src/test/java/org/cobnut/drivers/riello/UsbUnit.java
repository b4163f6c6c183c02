package org.cobnut.drivers.riello;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cobnut.testkit.usb.FakeUsbDevice;
import org.cobnut.testkit.usb.UsbTransfer;

/** A unit behind Cypress's chip, on the emulated bus. */
final class UsbUnit extends FakeUsbDevice {
    private static final byte[] REPORTS = {6, 0, (byte) 0xff, 9, 1, (byte) 0xa1, 1, (byte) 0xc0};

    private final RielloUnit.Gpser unit;
    private final StringBuilder received = new StringBuilder();
    private final List<String> orders = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    boolean halved;

    UsbUnit(RielloUnit.Gpser unit) {
        super(0x04b4, 0x5500);
        this.unit = unit;
        hid(REPORTS, 0x81, 0x02);
        strings("Cypress Semiconductor", "USB to Serial", null);
    }

    /** Letters of what was asked and ordered. */
    synchronized List<String> orders() {
        List<String> all = List.copyOf(orders);
        orders.clear();
        return all;
    }

    /** What the chip was told of the line. */
    synchronized List<String> reports() {
        return List.copyOf(reports);
    }

    @Override
    protected synchronized void take(UsbTransfer transfer) {
        if (transfer.control() && !transfer.in()) {
            reports.add(transfer + " " + java.util.HexFormat.of().formatHex(transfer.data()));
            transfer.accept();
        } else if (!transfer.control() && !transfer.in()) {
            transfer.accept();
            byte[] packet = transfer.data();
            received.append(new String(packet, 1, packet[0] & 7, StandardCharsets.ISO_8859_1));
            int end = received.indexOf("\3");
            if (end < 0) return;
            String request = received.substring(received.indexOf("\2"), end + 1);
            received.setLength(0);
            orders.add(request.substring(3, request.length() - 5));
            unit.answer(request).forEach(this::say);
        } else super.take(transfer);
    }

    private void say(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int length = halved ? bytes.length / 2 : bytes.length;
        for (int at = 0; at < length; at += 7) {
            int count = Math.min(7, length - at);
            var packet = new byte[8];
            packet[0] = (byte) (0x30 + count);
            System.arraycopy(Arrays.copyOfRange(bytes, at, at + count), 0, packet, 1, count);
            send(0x81, packet);
        }
    }
}
