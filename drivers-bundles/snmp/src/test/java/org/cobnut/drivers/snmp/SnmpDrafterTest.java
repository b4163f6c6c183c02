package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.driver.Session;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;

@Timeout(20)
class SnmpDrafterTest {
    private final SnmpLinks links = new SnmpLinks();
    private final SnmpDrafter drafter = new SnmpDrafter(links);

    @AfterEach
    void stop() {
        links.stop();
    }

    @Test
    void draftsAMappingByWhichTheDeviceIsRead() throws IOException {
        Map<String, Variable> objects = new TreeMap<>(Rfc1628.onLine());
        objects.put("1.3.6.1.2.1.1.2.0", new OID("1.3.6.1.4.1.99999.1"));
        objects.put("1.3.6.1.4.1.99999.1.7.0", new Integer32(231));
        objects.put("1.3.6.1.4.1.99999.1.8.0", new OctetString("volts #1"));
        try (var agent = new SnmpAgent(objects)) {
            String text = drafter.draft(List.of(agent.host(), "public", "v2c"));
            assertThat(text)
                    .contains("match sysobjectid 1.3.6.1.4.1.99999.1")
                    .contains("# var NAME 1.3.6.1.4.1.99999.1.7.0    # INTEGER 231")
                    .contains("# OCTETS volts  1")
                    .doesNotContain("input.L1-N.voltage", "output.frequency");
            Map<String, byte[]> files = Bench.shipped();
            files.put("draft.map", text.getBytes(StandardCharsets.US_ASCII));
            var driver = new SnmpUps(MappingSet.of(SnmpKind.INSTANCE, files));
            try (Session session = Bench.open(driver, links, Bench.settings(agent))) {
                TestReport report = new TestReport().poll(session);
                assertThat(report.values())
                        .containsEntry("driver.version.data", "draft MIB 1")
                        .containsEntry("input.voltage", "231")
                        .containsEntry("battery.charge", "93");
                assertThat(report.status()).containsExactly("OL");
                assertThat(report.commands()).contains("beeper.mute");
            }
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drafter.draft(List.of()))
                .withMessageContaining("HOST");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drafter.draft(List.of("h", "public", "v9")))
                .withMessageContaining("v1 and v2c");
        assertThatIOException().isThrownBy(() -> drafter.draft(List.of("nowhere.invalid")));
    }
}
