package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same UPS read by Debian's NUT 2.8.0 and by us. What differs is listed, with why, in docs/drivers/megatec.md; a
 * difference that is not listed fails here, and so does one that is listed and no longer there.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class DifferentialTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "nutdrv_qx, megatec",
        "nutdrv_qx, megatec-old",
        "nutdrv_qx, q1",
        "nutdrv_qx, mustek",
        "nutdrv_qx, mecer",
        "nutdrv_qx, zinto",
        "nutdrv_qx, voltronic",
        "nutdrv_qx, voltronic-qs",
        "nutdrv_qx, voltronic-qs-hex",
        "nutdrv_qx, bestups",
        "nutdrv_qx, hunnox",
        "blazer_ser, megatec-old",
        "blazer_ser, mustek",
        "blazer_ser, zinto",
    })
    void differsFromTheCDriverOnlyAsDocumented(String name, String dialect) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Differences.program(name)), "Debian's NUT is not installed");
        String protocol = dialect.replace("megatec-old", "megatec/old");
        try (var ups = new PtyUps(dialect, folder)) {
            Map<String, String> theirs =
                    Differences.theirs(name, folder, "port = " + ups.port() + "\nprotocol = " + protocol, Map.of());
            var link = TestRequest.of(ByteLink.class, ups.port(), SerialParameters.at(2400))
                    .open(new SerialLinks());
            var driver = name.equals("nutdrv_qx") ? new NutdrvQx() : new BlazerSer();
            Map<String, String> ours = Differences.ours(Bench.open(driver, link, "protocol = " + protocol), 2);
            assertThat(Differences.between(theirs, ours)).isEqualTo(Differences.documented(name, dialect));
        }
    }
}
