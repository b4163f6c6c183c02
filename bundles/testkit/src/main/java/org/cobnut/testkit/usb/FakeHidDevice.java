package org.cobnut.testkit.usb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cobnut.link.usb.ReportType;

/** A HID device with a table of reports: GET_REPORT reads it, SET_REPORT writes it. */
public class FakeHidDevice extends FakeUsbDevice {
    private static final int GET_REPORT = 1;
    private static final int SET_REPORT = 9;
    private static final int FROM_DEVICE = 0xa1;
    private static final int TO_DEVICE = 0x21;

    private final Map<Integer, byte[]> reports = new HashMap<>();
    private final Set<Integer> silent = new HashSet<>();
    private final List<String> written = new ArrayList<>();

    /** A device with one interface, which has the endpoint 0x81. */
    public FakeHidDevice(int vendor, int product, byte[] reportDescriptor) {
        this(vendor, product);
        hid(reportDescriptor, 0x81);
    }

    /** A device whose interfaces are still to be added. */
    public FakeHidDevice(int vendor, int product) {
        super(vendor, product);
    }

    /** Reads a descriptor or reports as the recordings have them: bytes in hexadecimal with any blanks, comments after '#'. */
    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("#[^\n]*", "").replaceAll("\\s+", ""));
    }

    /** Sets what a report answers, its id included; a report that was never set is refused. */
    public final synchronized FakeHidDevice report(ReportType type, int id, int... bytes) {
        var report = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) report[i] = (byte) bytes[i];
        reports.put(key(type, id), report);
        return this;
    }

    /** The report as it is now; empty when there is none. */
    public final synchronized byte[] report(ReportType type, int id) {
        return reports.getOrDefault(key(type, id), new byte[0]).clone();
    }

    /** From now on the report is refused. */
    public final synchronized FakeHidDevice withoutReport(ReportType type, int id) {
        reports.remove(key(type, id));
        return this;
    }

    /** From now on requests for the report are not answered, or are again. */
    public final synchronized FakeHidDevice silent(ReportType type, int id, boolean on) {
        if (on) silent.add(key(type, id));
        else silent.remove(key(type, id));
        return this;
    }

    /** Sends an input report on the endpoint 0x81. */
    public final void input(int... bytes) {
        var report = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) report[i] = (byte) bytes[i];
        send(0x81, report);
    }

    /** The reports that were written, in order, such as "FEATURE 15 150a00". */
    public final synchronized List<String> written() {
        return List.copyOf(written);
    }

    /** What a report that was written does; this keeps it, if the device has it, and says whether. */
    protected boolean write(ReportType type, int id, byte[] bytes) {
        return reports.replace(key(type, id), bytes) != null;
    }

    @Override
    protected synchronized void take(UsbTransfer transfer) {
        boolean get = transfer.control() && transfer.requestType() == FROM_DEVICE && transfer.request() == GET_REPORT;
        boolean set = transfer.control() && transfer.requestType() == TO_DEVICE && transfer.request() == SET_REPORT;
        if (!get && !set) {
            super.take(transfer);
            return;
        }
        if (silent.contains(transfer.value())) return;
        if (get) {
            byte[] report = reports.get(transfer.value());
            if (report == null) transfer.stall();
            else transfer.answer(report);
            return;
        }
        ReportType type = ReportType.of(transfer.value() >> 8);
        int id = transfer.value() & 0xff;
        written.add("%s %02x %s".formatted(type, id, HexFormat.of().formatHex(transfer.data())));
        if (write(type, id, transfer.data())) transfer.accept();
        else transfer.stall();
    }

    private static int key(ReportType type, int id) {
        return type.code() << 8 | id;
    }
}
