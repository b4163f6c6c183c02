package org.cobnut.drivers.megatec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.megatec.bridge.AnsweringUsbLink;
import org.cobnut.testkit.DriverContract;
import org.cobnut.testkit.TestLinks;

class BlazerUsbContractTest extends DriverContract {
    @Override
    protected Driver driver() {
        return new BlazerUsb();
    }

    @Override
    protected Settings settings(Path folder) {
        return Bench.settings("auto", driver(), "protocol = megatec");
    }

    @Override
    protected TestLinks links(Path folder) {
        try {
            return new TestLinks(folder).with("auto", AnsweringUsbLink.of(PtyUps.transcript("megatec")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
