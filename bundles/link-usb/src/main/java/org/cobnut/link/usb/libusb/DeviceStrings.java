package org.cobnut.link.usb.libusb;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;

/** Reads strings of a device, in its first language. One thread at a time. */
final class DeviceStrings {
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int ENGLISH = 0x0409;
    private static final int LONGEST = 255;
    private static final int STRING = 3;

    private final OpenDevice device;
    private int language = -1;

    DeviceStrings(OpenDevice device) {
        this.device = device;
    }

    /** The string; nothing when the device does not tell it. An IOException means that the device is gone. */
    Optional<String> read(int index) throws IOException {
        if (index == 0) return Optional.empty();
        if (language < 0) {
            byte[] languages = descriptor(0, 0);
            language = languages.length >= 4 ? (languages[2] & 0xff) | (languages[3] & 0xff) << 8 : ENGLISH;
        }
        byte[] descriptor = descriptor(index, language);
        if (descriptor.length < 4 || descriptor[1] != STRING) return Optional.empty();
        int length = Math.min(descriptor[0] & 0xff, descriptor.length) & ~1;
        String text = new String(descriptor, 2, length - 2, StandardCharsets.UTF_16LE);
        int end = text.indexOf(0);
        return Optional.of(end < 0 ? text : text.substring(0, end));
    }

    private byte[] descriptor(int index, int languageId) throws IOException {
        try {
            return device.controlIn(0x80, 6, STRING << 8 | index, languageId, LONGEST, WAIT, "string " + index);
        } catch (StallException | NoAnswerException none) {
            return new byte[0];
        } catch (InterruptedIOException ended) {
            throw ended;
        } catch (IOException failed) {
            if (device.gone()) throw failed;
            return new byte[0];
        }
    }
}
