package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cobnut.driver.Option;
import org.cobnut.drivers.megatec.bridge.Bridge;
import org.cobnut.drivers.megatec.bridge.BridgeDevice;
import org.cobnut.drivers.megatec.dialect.Dialect;
import org.junit.jupiter.api.Test;

/** docs/drivers/megatec.md names what the code has. */
class DocumentTest {
    @Test
    void namesEveryDialectAndOption() throws IOException {
        String document = Files.readString(Path.of("../../docs/drivers/megatec.md"));
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
}
