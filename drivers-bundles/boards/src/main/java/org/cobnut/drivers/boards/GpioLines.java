package org.cobnut.drivers.boards;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** Input lines of a GPIO chip, read all at once, by the second interface of the kernel, which Linux has since 5.10. */
final class GpioLines implements AutoCloseable {
    /** More lines than one request takes. */
    static final int MOST = 64;

    private static final long CHIP_INFO = 0x8044B401L;
    private static final int CHIP_INFO_SIZE = 68;
    private static final int CHIP_INFO_LINES = 64;
    private static final long GET_LINES = 0xC250B407L;
    private static final int REQUEST_SIZE = 592;
    private static final int CONSUMER = 256;
    private static final int FLAGS = 288;
    private static final int COUNT = 560;
    private static final int HANDLE = 588;
    private static final long INPUT = 4;
    private static final long GET_VALUES = 0xC010B40EL;
    private static final int VALUES_SIZE = 16;
    private static final int BUSY = 16;

    private final DeviceFile handle;
    private final List<Integer> lines;

    private GpioLines(DeviceFile handle, List<Integer> lines) {
        this.handle = handle;
        this.lines = lines;
    }

    /**
     * Reserves lines.
     *
     * @param port the chip's name, or its file
     * @param lines their numbers, no more than {@link #MOST}
     */
    static GpioLines open(String port, List<Integer> lines) throws IOException {
        String path = port.contains("/") ? port : "/dev/" + port;
        try (DeviceFile chip = DeviceFile.open(path)) {
            var info = new Memory(CHIP_INFO_SIZE);
            info.clear();
            if (chip.control(CHIP_INFO, info) != 0) throw new IOException(path + " is no GPIO chip");
            int count = info.getInt(CHIP_INFO_LINES);
            for (int line : lines)
                if (line >= count)
                    throw new IOException(
                            "option 'rules' names line %d, and %s has %d, from 0 on".formatted(line, path, count));
            var request = new Memory(REQUEST_SIZE);
            request.clear();
            for (int i = 0; i < lines.size(); i++) request.setInt(4L * i, lines.get(i));
            byte[] consumer = "cobnut".getBytes(StandardCharsets.US_ASCII);
            request.write(CONSUMER, consumer, 0, consumer.length);
            request.setLong(FLAGS, INPUT);
            request.setInt(COUNT, lines.size());
            int error = chip.control(GET_LINES, request);
            if (error != 0)
                throw new IOException("%s does not give the lines %s: %s"
                        .formatted(
                                path,
                                lines,
                                error == BUSY
                                        ? "another program has one of them"
                                        : "error " + error + " of the kernel"));
            return new GpioLines(chip.handle(request.getInt(HANDLE)), List.copyOf(lines));
        }
    }

    /** The numbers of the lines that are high. */
    BitSet high() throws IOException {
        var values = new Memory(VALUES_SIZE);
        values.clear();
        values.setLong(8, lines.size() == MOST ? -1 : (1L << lines.size()) - 1);
        int error = handle.control(GET_VALUES, values);
        if (error != 0)
            throw new IOException(
                    "%s does not tell its lines (error %d of the kernel)".formatted(handle.path(), error));
        var high = new BitSet();
        for (int i = 0; i < lines.size(); i++) if ((values.getLong(0) >> i & 1) != 0) high.set(lines.get(i));
        return high;
    }

    @Override
    public void close() {
        handle.close();
    }
}
