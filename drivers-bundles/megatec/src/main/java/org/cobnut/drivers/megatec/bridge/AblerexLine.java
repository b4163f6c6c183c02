package org.cobnut.drivers.megatec.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbLink;

/** Ablerex's chip: a feature report of 47 bytes each way, with half a second between. */
final class AblerexLine extends UsbTextLine {
    private static final int REPORT = 0x0305;
    private static final int SIZE = 47;
    private static final int REPORT_IN = 0xa1;
    private static final int GET_REPORT = 0x01;
    private static final int TRIES = 3;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    /** How long an answer is; one of another length is asked for again. */
    private static final Map<String, Integer> LENGTHS = Map.of("Q1", 47, "I", 39, "F", 22, "Q5", 22);

    private Optional<String> answer = Optional.empty();

    AblerexLine(UsbLink link) {
        super(link);
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(3);
    }

    @Override
    public void send(String text) throws IOException {
        var bytes = new byte[SIZE];
        bytes[0] = 0x05;
        bytes[2] = (byte) text.length();
        byte[] command = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(command, 0, bytes, 3, Math.min(command.length, SIZE - 3));
        Integer length = LENGTHS.get(text.strip());
        answer = Optional.empty();
        for (int attempt = 1; attempt <= (length == null ? 1 : TRIES) && answer.isEmpty(); attempt++) {
            report(REPORT, bytes, WAIT);
            pause(BETWEEN);
            answer = read().filter(got -> length == null || got.length() == length);
        }
    }

    private Optional<String> read() throws IOException {
        try {
            String text = new String(
                    link.controlIn(REPORT_IN, GET_REPORT, REPORT, 0, SIZE, WAIT), StandardCharsets.ISO_8859_1);
            int end = text.indexOf('\r');
            return end <= 0 ? Optional.empty() : Optional.of(text.substring(0, end + 1));
        } catch (NoAnswerException | StallException e) {
            return Optional.empty();
        }
    }

    @Override
    public String receive(Duration wait) throws IOException {
        Optional<String> got = answer;
        answer = Optional.empty();
        return got.orElseThrow(() -> silent(wait));
    }
}
