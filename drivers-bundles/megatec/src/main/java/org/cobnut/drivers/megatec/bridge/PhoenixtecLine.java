package org.cobnut.drivers.megatec.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbLink;

/** Phoenixtec's own chip in Masterguard units: a vendor's request takes the whole command, an interrupt endpoint answers. */
final class PhoenixtecLine extends UsbTextLine {
    private static final Duration SEND = Duration.ofSeconds(1);

    /** Vendor's request to an endpoint. */
    private static final int REQUEST_TYPE = 0x42;

    private static final int REQUEST = 0x0d;

    /** Commands that are never answered; "M" is none of "MSO". */
    private static final Pattern UNANSWERED = Pattern.compile("(T|TL|S|C|CT|M|N|O|SRC|FCLR|SS|TUD|SSN)(?![A-Z]).*");

    private boolean answers;

    PhoenixtecLine(UsbLink link) {
        super(link);
    }

    @Override
    public void send(String text) throws IOException {
        answers = !UNANSWERED.matcher(text.strip()).matches();
        try {
            link.controlOut(REQUEST_TYPE, REQUEST, 0, 0, text.getBytes(StandardCharsets.ISO_8859_1), SEND);
        } catch (StallException e) {
            throw silent(SEND);
        }
    }

    @Override
    public String receive(Duration wait) throws IOException {
        if (!answers) throw silent(wait);
        return new ReportLine(link, ReportLine.Way.slices(0, 8, LONGEST)).receive(wait);
    }
}
