package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.UsbLink;
import org.cobnut.testkit.LinkContract;
import org.cobnut.testkit.usb.FakeMegatecBridge;
import org.cobnut.testkit.usb.UsbBus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UsbLinkContractTest extends LinkContract<UsbLink> {
    private static UsbBus bus;
    private static UsbLinks links;

    @BeforeAll
    static void start() throws IOException {
        bus = UsbBus.ofThisProcess();
        links = new UsbLinks();
    }

    @AfterAll
    static void stop() {
        links.stop();
    }

    @Override
    protected Class<UsbLink> kind() {
        return UsbLink.class;
    }

    @Override
    protected LinkProvider provider() {
        return links;
    }

    @Override
    protected String nowhere() {
        return "usb:1-9";
    }

    @Override
    protected boolean receive(UsbLink link, Duration wait) throws IOException {
        try {
            return link.interruptIn(0x81, 8, wait).length > 0;
        } catch (NoAnswerException silence) {
            return false;
        }
    }

    @Override
    protected FarEnd device() throws IOException {
        var ups = new FakeMegatecBridge(0x0665, 0x5161);
        bus.plug("1-1", ups);
        return new FarEnd() {
            private boolean plugged = true;

            @Override
            public String port() {
                return "usb:1-1";
            }

            @Override
            public void send() {
                ups.send(0x81, new byte[] {'(', '2', '3', '0', '.', '0', '\r', 0});
            }

            @Override
            public void unplug() throws IOException {
                if (plugged) bus.unplug("1-1");
                plugged = false;
            }

            @Override
            public void close() {
                try {
                    unplug();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
    }
}
