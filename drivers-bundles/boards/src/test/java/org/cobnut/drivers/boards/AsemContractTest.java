package org.cobnut.drivers.boards;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;

class AsemContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new Asem();
    }

    @Override
    protected Settings settings(Path folder) throws IOException {
        Boards.asem();
        return Boards.settings(driver(), Boards.BUS);
    }
}
