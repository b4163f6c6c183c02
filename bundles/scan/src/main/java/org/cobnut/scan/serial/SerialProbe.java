package org.cobnut.scan.serial;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.link.ByteLink;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.SerialParameters;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.Scanner;

/**
 * Asks a serial line whether one family of devices is there, as nut-scanner does. They are asked in the order in which
 * they stand here, from the one that sends least: none of what is sent is, at the speed of another family, an order of
 * that family to switch off. XCP comes last, for it sends binary frames at five speeds.
 */
enum SerialProbe {
    /** The SYNC token of SHUT, up to four times, until it comes back. */
    SHUT("mge-shut", "a UPS that speaks SHUT (MGE, Eaton)") {
        @Override
        boolean answers(LineOpener lines, String port) throws IOException, InterruptedException {
            try (ByteLink line = lines.open(port, SerialParameters.at(SLOW))) {
                for (int i = 0; i < SYNC_TRIES; i++) {
                    line.write(new byte[] {SYNC});
                    if (first(line, SECOND) == SYNC) return true;
                }
                return false;
            }
        }
    },

    /** The status query of Megatec and all who copied it, up to three times, until a status of full length comes. */
    Q1("blazer_ser", "a UPS that answers Q1; the driver nutdrv_qx drives it, too") {
        @Override
        boolean answers(LineOpener lines, String port) throws IOException, InterruptedException {
            try (ByteLink line = lines.open(port, SerialParameters.at(SLOW))) {
                // The lines may power the other side, which needs a moment.
                pause(Duration.ofMillis(100));
                for (int i = 0; i < QUERY_TRIES; i++) {
                    line.discard();
                    line.write(new byte[] {'Q', '1', END});
                    if (status(line)) return true;
                }
                return false;
            }
        }

        private boolean status(ByteLink line) throws IOException {
            try {
                byte[] reply = line.readUntil(END, 128, SECOND);
                return reply.length >= STATUS_LENGTH && reply[0] == '(';
            } catch (NoAnswerException silent) {
                return false;
            }
        }
    },

    /** Leaves the menu, authorises, and asks for answers on request only; at each speed that a device may have. */
    XCP("bcmxcp", "a UPS that speaks XCP (Eaton, Powerware)") {
        @Override
        boolean answers(LineOpener lines, String port) throws IOException, InterruptedException {
            for (int speed : XCP_SPEEDS) {
                try (ByteLink line = lines.open(port, SerialParameters.at(speed).lines(true, true))) {
                    line.write(new byte[] {0x1D});
                    pause(Duration.ofMillis(90));
                    line.write(frame(0xCF, 0x69, 0xE8, 0xD5));
                    pause(Duration.ofMillis(500));
                    for (byte each : frame(0xA0)) {
                        line.write(new byte[] {each});
                        pause(Duration.ofMillis(1));
                    }
                    if (first(line, SECOND) == XCP_START) return true;
                }
                pause(Duration.ofMillis(100));
            }
            return false;
        }
    };

    private static final int SLOW = 2400;
    private static final byte SYNC = 0x16;
    private static final int SYNC_TRIES = 4;
    private static final int QUERY_TRIES = 3;
    private static final byte END = '\r';
    private static final int STATUS_LENGTH = 46;
    private static final byte XCP_START = (byte) 0xAB;
    private static final List<Integer> XCP_SPEEDS = List.of(19200, 9600, 4800, 2400, 1200);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final String driver;
    private final String description;

    SerialProbe(String driver, String description) {
        this.driver = driver;
        this.description = description;
    }

    /** Opens the line, asks, and closes it. */
    abstract boolean answers(LineOpener lines, String port) throws IOException, InterruptedException;

    /** The device at a port, if one answers; the families are asked one after the other. */
    static Optional<FoundDevice> ask(LineOpener lines, String port) throws IOException, InterruptedException {
        for (SerialProbe probe : values()) {
            if (probe.answers(lines, port))
                return Optional.of(
                        FoundDevice.of(Scanner.SERIAL, probe.driver, port).withDescription(probe.description));
            pause(Duration.ofMillis(100));
        }
        return Optional.empty();
    }

    /** The first byte that comes; a number that is no byte when none does. */
    private static int first(ByteLink line, Duration wait) throws IOException {
        var one = new byte[1];
        return line.read(one, wait) == 0 ? Integer.MIN_VALUE : one[0];
    }

    /** A frame of XCP: all its bytes add up to 0. */
    private static byte[] frame(int... command) {
        var frame = new byte[command.length + 3];
        frame[0] = XCP_START;
        frame[1] = (byte) command.length;
        for (int i = 0; i < command.length; i++) frame[i + 2] = (byte) command[i];
        int sum = 0;
        for (byte each : Arrays.copyOf(frame, frame.length - 1)) sum += each;
        frame[frame.length - 1] = (byte) -sum;
        return frame;
    }

    private static void pause(Duration time) throws InterruptedException {
        long begin = System.nanoTime();
        for (long left = time.toNanos(); left > 0; left = time.toNanos() - (System.nanoTime() - begin)) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) throw new InterruptedException("the scan of a serial line was interrupted");
        }
    }
}
