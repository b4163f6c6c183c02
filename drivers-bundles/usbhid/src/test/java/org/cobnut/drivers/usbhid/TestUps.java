package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.HidLink;
import org.cobnut.link.usb.ReportType;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.testkit.usb.FakeHidDevice;

/** A UPS of a test: its descriptor, reports and strings, in memory or as a device to be plugged into a bus. */
final class TestUps {
    private static final Path DEVICES = Path.of("src/test/resources/devices");
    private static final HexFormat HEX = HexFormat.of();

    private final int vendor;
    private final int product;
    private final byte[] descriptor;
    private final Map<Integer, byte[]> features = new TreeMap<>();
    private final Map<Integer, String> strings = new TreeMap<>();
    private final Deque<byte[]> inputs = new ArrayDeque<>();
    private final Set<Integer> silent = new HashSet<>();
    private final List<String> log = new ArrayList<>();
    private final Set<Integer> lengths = new TreeSet<>();
    private int number;
    private int endpoint = 0x81;
    private boolean lost;

    TestUps(int vendor, int product, byte[] descriptor) {
        this.vendor = vendor;
        this.product = product;
        this.descriptor = descriptor.clone();
    }

    /** One of the recorded descriptors. */
    static byte[] descriptor(String name) throws IOException {
        return FakeHidDevice.hex(Files.readString(DEVICES.resolve(name + ".hex"), StandardCharsets.US_ASCII));
    }

    /** The unit whose descriptor and reports were recorded. */
    static TestUps santak() throws IOException {
        var ups = new TestUps(0x0463, 0xffff, descriptor("mge-0463-ffff-santak-tg-box-850"));
        for (String line : Files.readAllLines(DEVICES.resolve("mge-santak.txt")))
            if (!line.startsWith("#") && !line.isBlank()) ups.feature(line);
        return ups.strings("SANTAK", "TG-BOX 850", "G00000000001")
                .string(4, "PbAc")
                .string(5, "01")
                .feature("10 04 01 00 02 00 03 05")
                .feature("0b 01 02 03 04 05 06 07 08 09 0a 0b 0c")
                .feature("09 ff ff ff ff")
                .feature("0a ff ff ff ff");
    }

    /** A unit whose descriptor was recorded, with reports of our own. */
    static TestUps apc() throws IOException {
        var ups = new TestUps(0x051d, 0x0002, descriptor("apc-051d-0002-back-ups-rs-1000g"));
        for (String report : List.of(
                "01 02",
                "02 03",
                "03 04",
                "04 04",
                "05 04",
                "06 00 00 08",
                "07 00 00",
                "08 60 09",
                "09 8c 0a",
                "0a 01",
                "0b 02",
                "0c 64 2c 0b",
                "0d 64",
                "0e 64",
                "0f 32",
                "10 01",
                "11 0a",
                "12 01",
                "13 01",
                "14 00 00",
                "15 ff ff",
                "16 0c 00 00 00",
                "17 78 00",
                "18 02",
                "1c 01 25 09",
                "20 39 50",
                "21 06",
                "22 64",
                "23 2c 0b",
                "24 78 00",
                "25 60 09",
                "26 8c 0a",
                "30 e6",
                "31 ea 00",
                "32 50 00",
                "33 8a 00",
                "35 01",
                "36 00",
                "40 00",
                "41 00 00",
                "42 ff ff",
                "50 12",
                "52 58 02",
                "7f 05",
                "7e 07",
                "7d 03",
                "7c 01",
                "7b 39 50")) ups.feature(report);
        ups.strings("American Power Conversion", "Back-UPS RS 1000G FW:868.L1 -P.D USB FW:L1", "3B1234X12345");
        return ups.string(4, "PbAc");
    }

    TestUps strings(String maker, String name, String serial) {
        return string(1, maker).string(2, name).string(3, serial);
    }

    TestUps string(int index, String text) {
        strings.put(index, text);
        return this;
    }

    /** Sets a feature report, in hexadecimal, its id in front. */
    TestUps feature(String hex) {
        byte[] bytes = HEX.parseHex(hex.replaceAll("\\s+", ""));
        features.put(bytes[0] & 0xff, bytes);
        return this;
    }

    /** Sets what a request for a report is answered with, whatever that is. */
    TestUps answer(int report, String hex) {
        features.put(report, HEX.parseHex(hex.replaceAll("\\s+", "")));
        return this;
    }

    TestUps without(int report) {
        features.remove(report);
        return this;
    }

    TestUps silent(int report, boolean on) {
        if (on) silent.add(report);
        else silent.remove(report);
        return this;
    }

    /**
     * On USB, its reports are on this interface, and sent on this endpoint; those before are of another class. C 2.8.0 looks for
     * the interface in the configuration of the same number, so there is one.
     */
    TestUps onInterface(int interfaceNumber, int endpointIn) {
        number = interfaceNumber;
        endpoint = endpointIn;
        return this;
    }

    TestUps lost() {
        lost = true;
        return this;
    }

    /** Sends an input report by itself. */
    TestUps input(String hex) {
        inputs.add(HEX.parseHex(hex.replaceAll("\\s+", "")));
        return this;
    }

    /** What was asked and written since the last call, such as "get 0c", "set 15 14 00", "string 4". */
    List<String> log() {
        List<String> all = List.copyOf(log);
        log.clear();
        return all;
    }

    /** By which lengths reports were asked for, without their ids. */
    Set<Integer> lengths() {
        return lengths;
    }

    /** The same as a device on USB. */
    FakeHidDevice device() {
        var device = new FakeHidDevice(vendor, product);
        for (int i = 0; i < number; i++) device.plain(0x81 + i);
        device.hid(descriptor, endpoint).configurations(number + 1);
        strings.forEach(device::string);
        features.forEach((id, bytes) -> {
            var numbers = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) numbers[i] = bytes[i] & 0xff;
            device.report(ReportType.FEATURE, id, numbers);
        });
        return device;
    }

    HidLink link() {
        return new MemoryLink();
    }

    private final class MemoryLink implements HidLink {
        private boolean closed;

        @Override
        public UsbIdentity identity() {
            return UsbIdentity.of(vendor, product, 0x0106)
                    .withStrings(strings.get(1), strings.get(2), strings.get(3))
                    .withPlace(1, 2, "1");
        }

        @Override
        public byte[] reportDescriptor() {
            return descriptor.clone();
        }

        @Override
        public byte[] getReport(ReportType type, int id, int maxLength) throws IOException {
            check();
            log.add("get %02x".formatted(id));
            lengths.add(maxLength - 1);
            if (silent.contains(id)) throw new NoAnswerException(new byte[0], java.time.Duration.ofSeconds(5));
            byte[] bytes = type == ReportType.FEATURE ? features.get(id) : null;
            if (bytes == null) throw new StallException("%s report 0x%02x".formatted(type, id));
            return Arrays.copyOf(bytes, Math.min(bytes.length, maxLength));
        }

        @Override
        public void setReport(ReportType type, int id, byte[] bytes) throws IOException {
            check();
            log.add("set " + HexFormat.ofDelimiter(" ").formatHex(bytes));
            if (silent.contains(id)) throw new NoAnswerException(new byte[0], java.time.Duration.ofSeconds(5));
            if (type != ReportType.FEATURE || features.replace(id, bytes.clone()) == null)
                throw new StallException("%s report 0x%02x".formatted(type, id));
        }

        @Override
        public Optional<byte[]> nextInput() throws IOException {
            if (inputs.isEmpty()) check();
            return Optional.ofNullable(inputs.poll());
        }

        @Override
        public Optional<String> string(int index) throws IOException {
            check();
            log.add("string " + index);
            return Optional.ofNullable(strings.get(index));
        }

        @Override
        public void close() {
            closed = true;
        }

        private void check() throws IOException {
            if (lost || closed) throw new IOException("the device is gone");
        }
    }

    /** Kept so that a test can look at what the device has now. */
    Map<Integer, byte[]> features() {
        return new HashMap<>(features);
    }
}
