package org.cobnut.drivers.hwmon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.junit.jupiter.api.io.TempDir;

class HwmonIna219ContractTest extends DriverContract {
    @TempDir
    Path chips;

    @Override
    protected Driver driver() {
        return new HwmonIna219(chips);
    }

    @Override
    protected Settings settings(Path folder) throws IOException {
        new Sysfs(chips).chip("hwmon1", "ina219", "3900", "120");
        return Settings.of("pi", "auto", driver().options(), Map.of());
    }
}
