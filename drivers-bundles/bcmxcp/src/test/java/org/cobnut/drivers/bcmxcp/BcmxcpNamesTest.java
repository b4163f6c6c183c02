package org.cobnut.drivers.bcmxcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.cobnut.driver.Session;
import org.cobnut.testkit.FieldDumps;
import org.cobnut.testkit.TestReport;
import org.cobnut.testkit.serial.SimulatorBench;
import org.junit.jupiter.api.Test;

class BcmxcpNamesTest {
    @Test
    void knowsTheNamesThatRealUnitsTold() throws IOException {
        // The settings are those of units whose block of limits is longer; ups.voltage.nominal has another name since
        // 2.4.
        var known = new TreeSet<>(Set.of(
                "ups.status",
                "ambient.temperature.low",
                "ups.voltage.nominal",
                "ambient.temperature.high",
                "device.mfr",
                "device.model",
                "device.serial",
                "device.type"));
        try (Session session = SimulatorBench.open(new Bcmxcp(), new XcpUnit())) {
            known.addAll(new TestReport().poll(session).values().keySet());
        }
        known.addAll(XcpTable.SETTABLE);
        known.addAll(XcpNames.meters(1).values()); // no unit has all of them
        known.addAll(XcpNames.meters(3).values());
        List<SortedMap<String, String>> dumps = new ArrayList<>(FieldDumps.of("bcmxcp"));
        dumps.addAll(FieldDumps.of("bcmxcp_usb"));
        for (SortedMap<String, String> dump : dumps)
            assertThat(dump.keySet()) // a unit may have more outlets than this one
                    .allMatch(name -> known.contains(name.replaceFirst("^outlet\\.\\d", "outlet.2")));
    }
}
