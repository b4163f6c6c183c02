package org.cobnut.drivers.oldserial;

import java.util.List;
import org.cobnut.driver.Driver;
import org.cobnut.testkit.DriverPageContract;

class OldSerialPageTest extends DriverPageContract {
    @Override
    protected String page() {
        return "oldserial";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(new EtaPro(), new EverUps(), new Isbmex(), new IvtScd());
    }

    @Override
    protected List<String> names() {
        return List.of(
                "etapro",
                "everups",
                "isbmex",
                "ivtscd",
                "load.off",
                "load.on",
                "shutdown.return",
                "shutdown.default",
                "reset.input.minmax");
    }
}
