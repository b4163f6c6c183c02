package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;

/** What is read in the polls between two full ones: the status, and the table of alarms while there are some. */
@Timeout(20)
class SnmpQuickPollTest {
    private static final String UPS = Rfc1628.BASE;

    private final SnmpLinks links = new SnmpLinks();

    @AfterEach
    void stop() {
        links.stop();
    }

    private Session open(SnmpAgent agent) throws IOException {
        return Bench.open(links, Bench.settings(agent));
    }

    @Test
    void asksInAQuickPollForWhatChangesQuickly() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.onLine());
                Session session = open(agent)) {
            TestReport report = new TestReport().poll(session);
            agent.put(UPS + ".1.4.1.0", new Integer32(5));
            agent.put(UPS + ".1.3.3.1.3.1", new Integer32(0));
            report.poll(session, Due.QUICK);
            assertThat(report.status()).containsExactly("OB");
            assertThat(report.values()).containsEntry("input.voltage", "231");
            int before = agent.requests();
            report.poll(session, Due.QUICK);
            assertThat(agent.requests() - before)
                    .as("one for all objects, the agent having no alarms")
                    .isEqualTo(1);
            assertThat(report.poll(session).values()).containsEntry("input.voltage", "0");
        }
    }

    @Test
    void saysWhatTheTableOfAlarmsHolds() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.onLine());
                Session session = open(agent)) {
            agent.put(UPS + ".1.6.2.1.2.1", new OID(UPS + ".1.6.3.1"));
            agent.put(UPS + ".1.6.2.1.2.7", new OID(UPS + ".1.6.3.3"));
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).contains("RB", "LB");
            assertThat(report.alarms()).containsExactly("The battery must be replaced!");
            agent.remove(UPS + ".1.6.2.1.2.1");
            agent.remove(UPS + ".1.6.2.1.2.7");
            report.poll(session, Due.QUICK);
            assertThat(report.alarms()).isEmpty();
            assertThat(report.status()).containsExactly("OL");
        }
    }

    @Test
    void readsTheTableOfAlarmsWhileTheAgentCountsSome() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.onLine());
                Session session = open(agent)) {
            agent.put(UPS + ".1.6.1.0", new Gauge32(0));
            TestReport report = new TestReport().poll(session);
            int before = agent.requests();
            report.poll(session, Due.QUICK);
            assertThat(agent.requests() - before)
                    .as("one for all objects, none for a table without rows")
                    .isEqualTo(1);
            agent.put(UPS + ".1.6.1.0", new Gauge32(1));
            agent.put(UPS + ".1.6.2.1.2.1", new OID(UPS + ".1.6.3.1"));
            report.poll(session, Due.QUICK);
            assertThat(report.alarms()).containsExactly("The battery must be replaced!");
            agent.put(UPS + ".1.6.1.0", new Gauge32(0));
            report.poll(session, Due.QUICK);
            assertThat(report.alarms())
                    .as("a table that had rows is read until it has none")
                    .containsExactly("The battery must be replaced!");
        }
    }
}
