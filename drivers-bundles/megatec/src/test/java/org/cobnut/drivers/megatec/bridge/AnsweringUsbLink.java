package org.cobnut.drivers.megatec.bridge;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.UsbIdentity;
import org.cobnut.link.usb.UsbLink;

/** A cypress chip before a UPS that has a byte link: reports of eight bytes both ways. */
public final class AnsweringUsbLink {
    private static final int REPORT = 8;

    private final ByteLink ups;
    private final StringBuilder question = new StringBuilder();
    private byte[] answer = {};

    private AnsweringUsbLink(ByteLink ups) {
        this.ups = ups;
    }

    public static UsbLink of(ByteLink ups) {
        var chip = new AnsweringUsbLink(ups);
        return (UsbLink) Proxy.newProxyInstance(
                UsbLink.class.getClassLoader(),
                new Class<?>[] {UsbLink.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "identity" -> UsbIdentity.of(0x05b8, 0x0000, 0x0100);
                    case "controlOut" -> chip.take((byte[]) arguments[4]);
                    case "interruptIn" -> chip.give((Duration) arguments[2]);
                    case "close" -> null;
                    default -> throw new AssertionError("this chip is not asked for " + method.getName());
                });
    }

    private Object take(byte[] report) throws IOException {
        question.append(new String(report, StandardCharsets.ISO_8859_1));
        int end = question.indexOf("\r");
        if (end < 0) return report;
        ups.discard();
        ups.write(question.substring(0, end + 1).getBytes(StandardCharsets.ISO_8859_1));
        question.setLength(0);
        return report;
    }

    private byte[] give(Duration wait) throws IOException {
        if (answer.length == 0) answer = ups.readUntil('\r', 200, wait);
        if (answer.length == 0) throw new NoAnswerException(answer, wait);
        byte[] report = Arrays.copyOf(answer, REPORT);
        answer = Arrays.copyOfRange(answer, Math.min(REPORT, answer.length), answer.length);
        return report;
    }
}
