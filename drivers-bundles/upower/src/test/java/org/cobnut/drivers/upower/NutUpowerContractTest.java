package org.cobnut.drivers.upower;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class NutUpowerContractTest extends DriverContract {
    private static UpowerOnABus upower;

    @BeforeAll
    static void start() throws IOException {
        upower = new UpowerOnABus();
    }

    @AfterAll
    static void stop() {
        if (upower != null) upower.close();
    }

    @Override
    protected Driver driver() {
        return new NutUpower(upower.address());
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("ups", "auto", driver().options(), Map.of());
    }
}
