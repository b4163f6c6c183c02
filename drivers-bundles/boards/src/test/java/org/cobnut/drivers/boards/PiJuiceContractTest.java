package org.cobnut.drivers.boards;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;

class PiJuiceContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new PiJuice();
    }

    @Override
    protected Settings settings(Path folder) throws IOException {
        Boards.piJuice();
        return Boards.settings(driver(), Boards.BUS);
    }
}
