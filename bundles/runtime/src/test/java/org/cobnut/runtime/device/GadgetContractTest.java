package org.cobnut.runtime.device;

import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.runtime.poll.Gadget;
import org.cobnut.testkit.DriverContract;

/** The driver that these tests run keeps to what every driver keeps to. */
class GadgetContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new GadgetDriver("one");
    }

    @Override
    protected Settings settings(Path folder) {
        return Settings.of("ups1", "x", Gadget.OPTIONS, Map.of("mode", "loop"));
    }
}
