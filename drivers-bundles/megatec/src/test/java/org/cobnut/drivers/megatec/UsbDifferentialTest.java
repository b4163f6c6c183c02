package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.Links;
import org.cobnut.link.usb.libusb.UsbLinks;
import org.cobnut.testkit.TestRequest;
import org.cobnut.testkit.usb.FakeMegatecBridge;
import org.cobnut.testkit.usb.UsbBus;
import org.cobnut.testkit.usb.UsbTransfer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same UPS behind each chip on USB, read by Debian's NUT 2.8.0 and by us, over libusb. */
@Timeout(60)
class UsbDifferentialTest {
    private static final String Q1 = "(229.9 000.0 231.9 010 50.0 27.3 25.0 00001001";
    private static final String F = "#230.0 003 024.0 50.0";
    private static final String I = "#ACME            SMART-1000 V1.23     ";

    private static UsbBus bus;
    private static UsbLinks links;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/share/gir-1.0/UMockdev-1.0.gir"))
                        || Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/libumockdev-preload.so.0")),
                "umockdev is not installed");
        bus = UsbBus.ofThisProcess();
        links = new UsbLinks();
    }

    @AfterEach
    void unplug() throws IOException {
        bus.unplugAll();
    }

    @ParameterizedTest
    @CsvSource({
        "nutdrv_qx, cypress",
        "nutdrv_qx, phoenix",
        "nutdrv_qx, phoenixtec",
        "nutdrv_qx, hunnox",
        "nutdrv_qx, ablerex",
        "nutdrv_qx, ippon",
        "nutdrv_qx, sgs",
        "nutdrv_qx, krauler",
        "nutdrv_qx, fabula",
        "nutdrv_qx, fuji",
        "nutdrv_qx, armac",
        "blazer_usb, cypress",
        "blazer_usb, phoenix",
        "blazer_usb, ippon",
        "blazer_usb, krauler",
    })
    void readsWhatTheCDriverReads(String name, String chip) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Differences.program(name)), "Debian's NUT is not installed");
        FakeMegatecBridge device = device(chip);
        bus.plug("1-1", device);
        Driver driver = name.equals("nutdrv_qx") ? new NutdrvQx() : new BlazerUsb();
        Session session = driver.open(Bench.settings("auto", driver, "protocol = megatec"), usbLinks());
        Map<String, String> ours = Differences.ours(session, 1);
        bus.unplug("1-1"); // what ours has not read yet is not C's to find
        bus.plug("1-1", device);
        Map<String, String> theirs =
                Differences.theirs(name, folder, "port = auto\nprotocol = megatec", bus.environment());
        assertThat(ours).as("it answered").containsKey("ups.load");
        assertThat(Differences.between(theirs, ours)).isEqualTo(Differences.documented(name, "megatec on USB"));
    }

    private static Links usbLinks() {
        return new Links() {
            @Override
            public <L extends Link> L open(Class<L> kind, String port, LinkParameters parameters) throws IOException {
                return TestRequest.of(kind, port, parameters).open(links);
            }

            @Override
            public Path file(String name) {
                throw new AssertionError("no file is read");
            }

            @Override
            public void wake() {}
        };
    }

    private static FakeMegatecBridge device(String chip) {
        FakeMegatecBridge device =
                switch (chip) {
                    case "cypress" -> new FakeMegatecBridge(0x06da, 0x0004);
                    case "phoenix" -> new FakeMegatecBridge(0x06da, 0x0601);
                    case "phoenixtec" -> new Phoenixtec();
                    case "hunnox" -> {
                        var strings = new Strings();
                        strings.strings("PowerCool", "MEC0003", null);
                        yield strings;
                    }
                    case "ablerex" -> new Ablerex();
                    case "ippon" -> new Ippon();
                    case "sgs" -> new Sgs();
                    case "krauler" -> new Strings();
                    case "fabula" -> {
                        var strings = new Strings();
                        strings.strings("MEC", "MEC0003", null);
                        yield strings;
                    }
                    case "fuji" -> new Fuji();
                    case "armac" -> new Armac();
                    default -> throw new AssertionError(chip);
                };
        return device.answer("Q1", Q1).answer("F", F).answer("I", I);
    }

    /** Takes a command by a request of its maker's. */
    private static final class Phoenixtec extends FakeMegatecBridge {
        Phoenixtec() {
            super(0x06da, 0x0002);
            strings("Phoenixtec Power", "USB Cable (V2.00)", null);
        }

        @Override
        protected synchronized void take(UsbTransfer transfer) {
            if (transfer.control() && transfer.requestType() == 0x42 && transfer.request() == 0x0d) {
                transfer.accept();
                received(transfer.data());
            } else super.take(transfer);
        }
    }

    /** Takes a command in a feature report, and has the answer in the same one. */
    private static final class Ablerex extends FakeMegatecBridge {
        private static final int REPORT = 47;
        private byte[] answer = new byte[0];

        Ablerex() {
            super(0xffff, 0x0000);
        }

        @Override
        protected synchronized void take(UsbTransfer transfer) {
            if (!transfer.control() || transfer.value() != 0x0305) super.take(transfer);
            else if (transfer.in()) transfer.answer(Arrays.copyOf(answer, REPORT));
            else {
                transfer.accept();
                byte[] data = transfer.data();
                received(Arrays.copyOfRange(data, 3, 3 + data[2]));
            }
        }

        @Override
        protected synchronized void reply(String text) {
            answer = text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Gives each answer in one report, and takes a report up to its CR: what C sends behind it is what its memory held. */
    private static final class Ippon extends FakeMegatecBridge {
        Ippon() {
            super(0x06da, 0x0003);
            packet(64);
        }

        @Override
        protected synchronized void take(UsbTransfer transfer) {
            if (transfer.control() && !transfer.in() && transfer.request() == 9) {
                transfer.accept();
                byte[] data = transfer.data();
                int end = 0;
                while (end < data.length && data[end] != '\r') end++;
                received(Arrays.copyOf(data, Math.min(end + 1, data.length)));
            } else super.take(transfer);
        }

        @Override
        protected void reply(String answer) {
            send(0x81, Arrays.copyOf(answer.getBytes(StandardCharsets.ISO_8859_1), 64));
        }
    }

    /** Counts the bytes of each report, both ways. */
    private static final class Sgs extends FakeMegatecBridge {
        Sgs() {
            super(0x0483, 0x0035);
        }

        @Override
        protected synchronized void take(UsbTransfer transfer) {
            if (transfer.control() && !transfer.in() && transfer.request() == 9) {
                transfer.accept();
                received(Arrays.copyOfRange(transfer.data(), 1, 1 + transfer.data()[0]));
            } else super.take(transfer);
        }

        @Override
        protected void reply(String answer) {
            byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < bytes.length; at += 7) {
                int count = Math.min(7, bytes.length - at);
                var report = new byte[8];
                report[0] = (byte) count;
                System.arraycopy(bytes, at, report, 1, count);
                send(0x81, report);
            }
        }
    }

    /** Answers by its strings, which end as lines do: blazer_usb of C counts that character. */
    private static final class Strings extends FakeMegatecBridge {
        Strings() {
            super(0x0001, 0x0000);
            strings("NoName", "UPS", null);
        }

        @Override
        protected byte[] descriptor(int type, int number, int index) {
            String text = type != 3 ? "" : number == 0x03 ? Q1 : number == 0x0d ? F : number == 0x0c ? I : "";
            if (text.isEmpty()) return super.descriptor(type, number, index);
            byte[] units = (text + "\r").getBytes(StandardCharsets.UTF_16LE);
            var descriptor = new byte[units.length + 2];
            descriptor[0] = (byte) descriptor.length;
            descriptor[1] = 3;
            System.arraycopy(units, 0, descriptor, 2, units.length);
            return descriptor;
        }
    }

    /** Takes commands on an endpoint. */
    private static final class Fuji extends FakeMegatecBridge {
        Fuji() {
            super(0x0001, 0x0000);
            hid(new byte[] {0x06, 0x00, (byte) 0xff, 0x09, 0x01, (byte) 0xa1, 0x01, (byte) 0xc0}, 0x81, 0x02);
            strings("ATCL FOR UPS", "ATCL FOR UPS", null);
        }

        @Override
        protected synchronized void take(UsbTransfer transfer) {
            if (!transfer.control() && !transfer.in()) {
                transfer.accept();
                byte[] data = transfer.data();
                received(Arrays.copyOfRange(data, 4, 3 + data[2]));
                received(new byte[] {'\r'});
            } else super.take(transfer);
        }
    }

    /** Counts the characters in the first byte of each report, both ways, and ends an answer by a report of none. */
    private static final class Armac extends FakeMegatecBridge {
        private static final int SLICE = 5;
        private static final int COUNT = 0x0f;

        Armac() {
            super(0x0925, 0x1234);
            strings("Richcomm", "UPS USB Mon V2.0", null);
        }

        @Override
        protected synchronized void take(UsbTransfer transfer) {
            if (transfer.control() && !transfer.in() && transfer.request() == 9) {
                transfer.accept();
                byte[] data = transfer.data();
                received(Arrays.copyOfRange(data, 1, 1 + (data[0] & COUNT)));
            } else super.take(transfer);
        }

        @Override
        protected void reply(String answer) {
            byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < bytes.length; at += SLICE) {
                int count = Math.min(SLICE, bytes.length - at);
                var report = new byte[SLICE + 1];
                report[0] = (byte) count;
                System.arraycopy(bytes, at, report, 1, count);
                send(0x81, report);
            }
            send(0x81, new byte[SLICE + 1]);
        }
    }
}
