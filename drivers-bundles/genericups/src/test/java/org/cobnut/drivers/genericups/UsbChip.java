package org.cobnut.drivers.genericups;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.cobnut.testkit.usb.FakeUsbDevice;
import org.cobnut.testkit.usb.UsbTransfer;

/** A chip that says what it is told to say. */
final class UsbChip extends FakeUsbDevice {
    private final boolean richcomm;
    private final List<String> written = new ArrayList<>();
    volatile byte[] state;

    UsbChip(boolean richcomm, String state) {
        super(richcomm ? 0x0925 : 0x0001, richcomm ? 0x1234 : 0x0000);
        this.richcomm = richcomm;
        this.state = HexFormat.of().parseHex(state);
        hid(new byte[] {6, 0, (byte) 0xff, 9, 1, (byte) 0xa1, 1, (byte) 0xc0}, 0x81, 0x02);
        if (richcomm) strings("Richcomm", "UPS USB Mon V1.4", null);
        else strings("ATCL FOR UPS", "ATCL FOR UPS", null);
    }

    @Override
    protected synchronized void take(UsbTransfer transfer) {
        boolean order = !transfer.in() && (richcomm == transfer.control());
        if (order) {
            transfer.accept();
            String bytes = HexFormat.of().formatHex(transfer.data());
            if (!richcomm || !bytes.equals("01000030")) written.add(bytes);
            else send(0x81, state);
        } else if (!richcomm && !transfer.control() && transfer.in()) transfer.answer(state);
        else super.take(transfer);
    }

    synchronized List<String> written() {
        List<String> all = List.copyOf(written);
        written.clear();
        return all;
    }
}
