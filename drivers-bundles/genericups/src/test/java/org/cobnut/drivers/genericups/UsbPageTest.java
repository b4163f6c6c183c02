package org.cobnut.drivers.genericups;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class UsbPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "usb-contacts";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new RichcommUsb(), new AtclUsb());
    }

    @Override
    protected List<String> names() {
        return List.of("richcomm_usb", "nutdrv_atcl_usb", "shutdown.return", "0925:1234", "0001:0000");
    }
}
