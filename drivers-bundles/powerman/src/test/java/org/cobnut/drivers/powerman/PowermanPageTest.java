package org.cobnut.drivers.powerman;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class PowermanPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "powerman-pdu";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new PowermanPdu());
    }

    @Override
    protected List<String> names() {
        return List.of(
                "outlet.count",
                "outlet.N.id",
                "outlet.N.desc",
                "outlet.N.status",
                "outlet.N.switchable",
                "outlet.N.load.on",
                "outlet.N.load.off",
                "outlet.N.load.cycle");
    }
}
