package org.cobnut.drivers.netxml;

import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class NetxmlUpsContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new NetxmlUps();
    }

    @Override
    protected Settings settings(Path folder) {
        return NetxmlTest.settings(Map.of());
    }

    @Override
    protected TestLinks links(Path folder) {
        return new TestLinks(folder).opening("http://card.example", parameters -> new XmlCard().link());
    }
}
