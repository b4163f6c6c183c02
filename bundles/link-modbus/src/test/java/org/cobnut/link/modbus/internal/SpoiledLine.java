package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.testkit.serial.SerialSimulator;
import org.cobnut.testkit.serial.SimulatedLine;

/** A line that changes what the device sends. */
final class SpoiledLine implements ByteLink {
    private final ByteLink line;
    private final UnaryOperator<String> spoil;
    private String arrived = "";

    SpoiledLine(SerialSimulator device, UnaryOperator<String> spoil) {
        this.line = new SimulatedLine(device, SerialParameters.at(9600));
        this.spoil = spoil;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        line.write(bytes);
        var all = new byte[512];
        int count = line.read(all, Duration.ZERO);
        arrived += spoil.apply(new String(all, 0, count, StandardCharsets.ISO_8859_1));
    }

    @Override
    public int read(byte[] into, Duration wait) {
        byte[] some =
                arrived.substring(0, Math.min(into.length, arrived.length())).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(some, 0, into, 0, some.length);
        arrived = arrived.substring(some.length);
        return some.length;
    }

    @Override
    public void discard() {
        arrived = "";
    }

    @Override
    public void close() {
        line.close();
    }
}
