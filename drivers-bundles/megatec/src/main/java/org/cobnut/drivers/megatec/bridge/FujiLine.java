package org.cobnut.drivers.megatec.bridge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbLink;

/**
 * Fuji's chip, on two interrupt endpoints: {@code 80 06 LENGTH+1 03}, at most three characters, and last how long the answer is.
 * A longer shutdown command is cut to its first wait, so that the UPS comes back with the mains.
 */
final class FujiLine extends UsbTextLine {
    private static final int OUT = 0x02;
    private static final int SIZE = 8;
    private static final int LONGEST_COMMAND = 3;
    private static final Duration SEND = Duration.ofSeconds(5);
    private static final Map<String, Integer> ANSWERS = Map.of("Q1", 47, "F", 22, "I", 39);

    private Optional<String> echo = Optional.empty();

    FujiLine(UsbLink link) {
        super(link);
    }

    @Override
    public void send(String text) throws IOException {
        String command = text.strip();
        boolean comesBack = command.matches("S(\\.\\d|\\d{2})R\\d+") && !command.endsWith("R0000");
        if (comesBack) command = command.substring(0, LONGEST_COMMAND);
        echo = Optional.of(text).filter(said -> said.length() - 1 > LONGEST_COMMAND && !comesBack);
        if (echo.isPresent()) return;
        var bytes = new byte[SIZE];
        bytes[0] = (byte) 0x80;
        bytes[1] = 0x06;
        bytes[2] = (byte) (command.length() + 1);
        bytes[3] = 0x03;
        System.arraycopy(command.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 4, command.length());
        bytes[7] = ANSWERS.getOrDefault(command, 0).byteValue();
        try {
            link.interruptOut(OUT, bytes, SEND);
        } catch (StallException e) {
            link.clearHalt(OUT);
            throw silent(SEND);
        }
    }

    @Override
    public String receive(Duration wait) throws IOException {
        if (echo.isPresent()) {
            String text = echo.get();
            echo = Optional.empty();
            return text;
        }
        return new ReportLine(link, ReportLine.Way.slices(0, SIZE, SIZE)).receive(wait);
    }
}
