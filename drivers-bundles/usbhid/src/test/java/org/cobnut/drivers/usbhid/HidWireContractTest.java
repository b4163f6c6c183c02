package org.cobnut.drivers.usbhid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.cobnut.drivers.usbhid.descriptor.UsageNames;
import org.cobnut.drivers.usbhid.subdriver.Address;
import org.cobnut.drivers.usbhid.subdriver.Subdrivers;
import org.cobnut.table.Row.Reading;
import org.cobnut.table.Wire;
import org.cobnut.table.testkit.WireContract;

class HidWireContractTest extends WireContract<Address> {
    private static OpenDevice device(TestUps ups) throws IOException {
        return OpenDevice.of(
                ups.link(), Subdrivers.SHIPPED.named("mge").orElseThrow(), Config.of(Bench.settings(new UsbhidUps())));
    }

    @Override
    protected Devices<Address> devices() {
        try {
            OpenDevice santak = device(TestUps.santak());
            Set<Integer> recorded = TestUps.santak().features().keySet();
            List<Address> readable = santak.table().rows().stream()
                    .filter(row -> row instanceof Reading<Address>)
                    .map(row -> ((Reading<Address>) row).source().address())
                    .filter(address ->
                            santak.wire().unit(address) instanceof HidReports.Unit unit && recorded.contains(unit.id()))
                    .distinct()
                    .toList();
            Address beeper = new Address.Value(
                    List.of(UsageNames.standard().path("UPS.PowerSummary.AudibleAlarmControl")), 0, false);
            return new Devices<>(
                    () -> device(TestUps.santak()).wire(), HidWireContractTest::silent, readable, beeper, "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Wire<Address> silent() throws IOException {
        TestUps ups = TestUps.santak();
        for (int report = 0; report < 256; report++) ups.silent(report, true);
        return device(ups).wire();
    }
}
