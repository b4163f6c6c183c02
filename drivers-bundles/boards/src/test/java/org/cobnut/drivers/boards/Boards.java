package org.cobnut.drivers.boards;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.TestLinks;

/** Units at the emulated board. */
final class Boards {
    static final String BUS = "/dev/i2c-1";

    private Boards() {}

    /** A PiJuice on mains, full. */
    static EmulatedBoard piJuice() throws IOException {
        return EmulatedBoard.start()
                .set(0x14, 0x40, "c0")
                .word(0x14, 0x42, 937)
                .word(0x14, 0x47, 48)
                .word(0x14, 0x49, 4113)
                .word(0x14, 0x4b, 10)
                .word(0x14, 0x4d, 5014)
                .word(0x14, 0x4f, 1727)
                .set(0x14, 0x53, "1c07000000000000000000000000")
                .set(0x14, 0x54, "0000000000000000000000000000000000")
                .set(0x14, 0x62, "ff")
                .set(0x14, 0x7c, "14")
                .set(0x14, 0xb0, "535323051209" + "19eb" + "00")
                .word(0x14, 0xfd, 0x13);
    }

    /** A PB1300 on mains, full. */
    static EmulatedBoard asem() throws IOException {
        return EmulatedBoard.start()
                .set(0x0b, 0x20, "4153454d20535041")
                .set(0x0b, 0x21, "504231333030")
                .set(0x0b, 0x22, "4c494f4e")
                .word(0x0b, 0x1b, (2014 - 1980) << 9 | 3 << 5 | 21)
                .word(0x0b, 0x1c, 1234)
                .word(0x0b, 0x03, 0xe001)
                .word(0x09, 0x13, 0x8000)
                .word(0x0b, 0x16, 0x00e0 & ~0x40)
                .word(0x0b, 0x0d, 100)
                .word(0x0b, 0x09, 16650)
                .word(0x0b, 0x08, 2981)
                .word(0x0b, 0x0a, 0)
                .word(0x0b, 0x0f, 2150)
                .word(0x0b, 0x12, 65535);
    }

    static Settings settings(Driver driver, String port, String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) values.put(pairs[i], pairs[i + 1]);
        return Settings.of("u", port, driver.options(), values);
    }

    static Session open(Driver driver, String port, String... pairs) throws IOException {
        return driver.open(settings(driver, port, pairs), new TestLinks(Path.of("")));
    }
}
