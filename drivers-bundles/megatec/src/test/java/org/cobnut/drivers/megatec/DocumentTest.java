package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.driver.Option;
import org.cobnut.drivers.megatec.bridge.Bridge;
import org.cobnut.drivers.megatec.bridge.BridgeDevice;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/drivers/megatec.md names what the code has. */
class DocumentTest {
    private static final Path PAGE = Path.of("../../docs/drivers/megatec.md");

    @Test
    void namesEveryDialectAndOption() throws IOException {
        String document = Files.readString(PAGE);
        for (Dialect dialect : Dialects.QX) assertThat(document).contains("`" + dialect.name() + "`");
        for (Option option : MegatecOptions.qx().all()) assertThat(document).contains("`" + option.name() + "`");
        for (Option option : MegatecOptions.blazerSer().all())
            assertThat(document).contains("`" + option.name() + "`");
        for (Option option : MegatecOptions.blazerUsb().all())
            assertThat(document).contains("`" + option.name() + "`");
        for (Bridge bridge : Bridge.values()) assertThat(document).contains("`" + bridge.spelled() + "`");
        for (BridgeDevice device : BridgeDevice.QX)
            assertThat(document).contains(device.id().toString());
    }

    /** A dialect or chip is told to be read as C reads it where a test compares both, and only there. */
    @Test
    void saysBesideCOfWhatIsComparedWithC() throws IOException {
        Set<String> dialects = compared(DifferentialTest.class);
        for (Dialect dialect : Dialects.QX)
            assertThat(sure(dialect.name(), "# "))
                    .as(dialect.name())
                    .isEqualTo(dialects.contains(dialect.name()) ? "beside C" : "by the documents");
        Set<String> chips = compared(UsbDifferentialTest.class);
        for (Bridge bridge : Bridge.values())
            assertThat(sure(bridge.spelled(), "## Chips on USB"))
                    .as(bridge.spelled())
                    .isEqualTo(chips.contains(bridge.spelled()) ? "beside C" : "by the documents");
    }

    /** The last cell of the first row of that name behind a heading, without what stands behind a comma. */
    private static String sure(String name, String heading) throws IOException {
        String row = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith(heading))
                .filter(line -> line.matches("\\| `" + name + "`[ (].*(beside C|by the documents).* \\|"))
                .findFirst()
                .orElse("");
        return row.replaceFirst(".* \\| ([^|,]*)[^|]* \\|$", "$1").strip();
    }

    /** What stands behind the comma in the cases of a test of differences. */
    private static Set<String> compared(Class<?> test) {
        return Arrays.stream(test.getDeclaredMethods())
                .flatMap(method -> Stream.ofNullable(method.getAnnotation(CsvSource.class)))
                .flatMap(cases -> Arrays.stream(cases.value()))
                .map(line -> line.substring(line.indexOf(',') + 1).strip())
                .collect(Collectors.toSet());
    }
}
