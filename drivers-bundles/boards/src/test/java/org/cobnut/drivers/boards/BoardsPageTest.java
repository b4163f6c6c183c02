package org.cobnut.drivers.boards;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class BoardsPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "boards";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new PiJuice(), new Asem(), new GenericGpio());
    }

    @Override
    protected List<String> names() {
        return List.of("pijuice", "asem", "generic_gpio_libgpiod", "shutdown.default");
    }
}
