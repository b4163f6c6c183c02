package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.model.Outcome;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.snmp.testkit.SnmpRecording;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snmp4j.PDU;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

@Timeout(20)
class SnmpSessionTest {
    private static final String UPS = Rfc1628.BASE;

    private final SnmpLinks links = new SnmpLinks();

    @AfterEach
    void stop() {
        links.stop();
    }

    private Session open(SnmpAgent agent, String... lines) throws IOException {
        return Bench.open(links, Bench.settings(agent, lines));
    }

    private static Map<String, Variable> objects(String text) {
        return new TreeMap<>(SnmpRecording.parse(text));
    }

    @Test
    void readsAUpsOfOnePhase() throws IOException {
        for (String version : List.of("v1", "v2c"))
            try (var agent = new SnmpAgent(Rfc1628.onLine());
                    Session session = open(agent, "snmp_version = " + version)) {
                TestReport report = new TestReport().poll(session);
                assertThat(report.status()).containsExactly("OL");
                assertThat(report.values())
                        .containsEntry("ups.mfr", "Acme")
                        .containsEntry("ups.model", "Rack 3000")
                        .containsEntry("battery.charge", "93")
                        .containsEntry("battery.voltage", "54.80")
                        .containsEntry("battery.runtime", "1020")
                        .containsEntry("input.voltage", "231")
                        .containsEntry("ups.load", "41")
                        .containsEntry("driver.version.data", "ietf MIB 1.55")
                        .doesNotContainKeys("battery.current", "input.L1-N.voltage", "output.L1.power.percent");
            }
    }

    @Test
    void readsThreePhasesWhereThereAreThree() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.threePhases());
                Session session = open(agent)) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("input.L3-N.voltage", "233")
                    .containsEntry("output.L2.power.percent", "42")
                    .doesNotContainKeys("input.voltage", "ups.load");
        }
    }

    @Test
    void offersCommandsOfWhichTheAgentHasTheObject() throws IOException {
        Map<String, Variable> objects = Rfc1628.onLine();
        objects.remove(UPS + ".1.8.3.0");
        try (var agent = new SnmpAgent(objects);
                Session session = open(agent)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.commands())
                    .contains("load.off", "test.battery.start", "beeper.mute")
                    .doesNotContain("load.on");
            assertThat(session.run("load.on", "")).isEqualTo(Outcome.unknown());
        }
    }

    @Test
    void writesEachValueWithTheTypeOfTheObject() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.onLine());
                Session session = open(agent)) {
            new TestReport().poll(session);
            assertThat(session.run("beeper.mute", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("ups.timer.shutdown", "120")).isEqualTo(Outcome.handled());
            assertThat(session.set("device.contact", "Jane Doe")).isEqualTo(Outcome.handled());
            assertThat(session.run("test.battery.start.quick", "")).isEqualTo(Outcome.handled());
            assertThat(agent.writes())
                    .containsExactly(
                            UPS + ".1.9.8.0 Integer32 3",
                            UPS + ".1.8.2.0 Integer32 120",
                            "1.3.6.1.2.1.1.4.0 OCTET STRING Jane Doe",
                            UPS + ".1.7.2.0 Integer32 5",
                            UPS + ".1.7.1.0 OBJECT IDENTIFIER " + UPS + ".1.7.7.4");
            assertThat(session.set("ups.timer.shutdown", "soon").code()).isEqualTo(Outcome.Code.INVALID);
            agent.refusing(PDU.notWritable);
            assertThat(session.run("load.off", "").reason()).contains("Not writable");
            agent.silentAbove(0);
            assertThat(session.run("load.off", "")).isEqualTo(SnmpWire.UNCLEAR);
        }
    }

    @Test
    void showsAnEmptyTextThatCanBeWrittenAndNoneThatCannot() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.onLine());
                Session session = open(agent)) {
            agent.put("1.3.6.1.2.1.1.6.0", new OctetString(""));
            agent.put(UPS + ".1.1.3.0", new OctetString(""));
            TestReport report = new TestReport().poll(session);
            assertThat(report.values()).containsEntry("device.location", "").doesNotContainKey("ups.firmware");
            assertThat(session.set("device.location", "Rack 7")).isEqualTo(Outcome.handled());
            assertThat(report.poll(session).values()).containsEntry("device.location", "Rack 7");
        }
    }

    @Test
    void takesTheLargestNumberOfATypeForNone() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.onLine());
                Session session = open(agent)) {
            agent.put(UPS + ".1.2.3.0", new Gauge32(4294967295L));
            agent.put(UPS + ".1.2.4.0", new Integer32(Integer.MAX_VALUE));
            agent.put(UPS + ".1.2.7.0", new TimeTicks(4294967295L));
            assertThat(new TestReport().poll(session).values())
                    .doesNotContainKeys("battery.runtime", "battery.charge", "battery.temperature")
                    .containsKey("battery.voltage");
        }
    }

    @Test
    void readsAllPhasesOfABypassThatAreNotCounted() throws IOException {
        Map<String, Variable> objects = objects("""
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
                1.3.6.1.2.1.33.1.1.1.0|4|Acme
                1.3.6.1.2.1.33.1.5.3.1.2.1|2|236
                1.3.6.1.2.1.33.1.5.3.1.2.2|2|235
                """);
        try (var agent = new SnmpAgent(objects);
                Session session = open(agent)) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("input.bypass.voltage", "236")
                    .containsEntry("input.bypass.L1-N.voltage", "236")
                    .containsEntry("input.bypass.L2-N.voltage", "235");
        }
        objects.put(UPS + ".1.5.2.0", new Integer32(1));
        try (var agent = new SnmpAgent(objects);
                Session session = open(agent)) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("input.bypass.voltage", "236")
                    .doesNotContainKey("input.bypass.L1-N.voltage");
        }
    }

    @Test
    void takesACardWhoseModelIsEmptyWhenItTellsAState() throws IOException {
        Map<String, Variable> objects = objects("1.3.6.1.2.1.33.1.1.2.0|4|\n");
        try (var agent = new SnmpAgent(objects)) {
            assertThatIOException().isThrownBy(() -> open(agent)).withMessageContaining("no mapping fits");
        }
        objects.put(UPS + ".1.4.1.0", new Integer32(3));
        try (var agent = new SnmpAgent(objects);
                Session session = open(agent)) {
            assertThat(new TestReport().poll(session).status()).containsExactly("OL");
        }
    }

    @Test
    void keepsNoDelayThatTheCardHasNoObjectFor() throws IOException {
        Map<String, Variable> objects = objects("""
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.3808.1.1.1
                1.3.6.1.4.1.3808.1.1.1.1.1.1.0|4|CP1000
                1.3.6.1.4.1.3808.1.1.1.5.2.9.0|2|30
                """);
        try (var agent = new SnmpAgent(objects);
                Session session = open(agent)) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("ups.delay.start", "30")
                    .doesNotContainKey("ups.delay.shutdown");
        }
    }

    @Test
    void forgetsWhatIsNoNumberAnyMore() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.onLine());
                Session session = open(agent)) {
            TestReport report = new TestReport().poll(session);
            agent.put(UPS + ".1.2.4.0", new OctetString("full"));
            agent.put(UPS + ".1.2.5.0", new OctetString("54"));
            agent.put(UPS + ".1.4.1.0", new OctetString("3"));
            report.poll(session);
            assertThat(report.values()).doesNotContainKey("battery.charge").containsEntry("battery.voltage", "5.40");
            assertThat(report.status()).containsExactly("OL");
        }
    }

    @Test
    void saysThatTheDeviceIsSilentAndReadsItWhenItIsBack() throws IOException {
        var agent = new SnmpAgent(Rfc1628.onLine());
        try (Session session = open(agent)) {
            TestReport report = new TestReport().poll(session);
            int port = agent.port();
            agent.close();
            assertThatIOException()
                    .isThrownBy(() -> session.poll(new TestReport(), Due.QUICK))
                    .withMessageContaining("the device does not answer over SNMP");
            agent = new SnmpAgent(Rfc1628.onLine(), port);
            assertThat(report.poll(session).values()).containsEntry("battery.charge", "93");
        } finally {
            agent.close();
        }
    }

    @Test
    void readsOutletsWhicheverNumberTheFirstOneHas() throws IOException {
        for (int first : new int[] {0, 1}) {
            Map<String, Variable> objects = objects("""
                    1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.13742
                    1.3.6.1.4.1.13742.1.1.12.0|4|Dominion
                    1.3.6.1.4.1.13742.1.2.1.0|2|2
                    """);
            for (int i = 0; i < 2; i++) {
                objects.put("1.3.6.1.4.1.13742.1.2.2.1.2." + (first + i), new OctetString("outlet " + (i + 1)));
                objects.put("1.3.6.1.4.1.13742.1.2.2.1.3." + (first + i), new Integer32(i));
            }
            try (var agent = new SnmpAgent(objects);
                    Session session = open(agent)) {
                TestReport report = new TestReport().poll(session);
                assertThat(report.values())
                        .containsEntry("outlet.1.desc", "outlet 1")
                        .containsEntry("outlet.2.desc", "outlet 2")
                        .containsEntry("outlet.1.status", "off")
                        .containsEntry("outlet.2.status", "on")
                        .doesNotContainKey("outlet.3.desc");
                assertThat(session.run("outlet.1.load.on", "")).isEqualTo(Outcome.handled());
                assertThat(agent.writes()).containsExactly("1.3.6.1.4.1.13742.1.2.2.1.3." + first + " Integer32 1");
                assertThat(report.poll(session).values()).containsEntry("outlet.1.status", "on");
            }
        }
    }

    @Test
    void readsDevicesOfAChainUnderNamesOfTheirOwn() throws IOException {
        Map<String, Variable> objects = objects("1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.534.6.6.7\n");
        String marlin = "1.3.6.1.4.1.534.6.6.7";
        objects.put(marlin + ".1.1.0", new OctetString("0,1,2"));
        for (int i = 0; i < 3; i++) {
            objects.put(marlin + ".1.2.1.2." + i, new OctetString("ePDU " + (i + 1)));
            objects.put(marlin + ".1.2.1.22." + i, new Integer32(1));
            objects.put(marlin + ".6.1.1.3." + i + ".1", new OctetString("rack " + (i + 1)));
            objects.put(marlin + ".6.6.1.2." + i + ".1", new Integer32(i == 2 ? 0 : 1));
            objects.put(marlin + ".6.6.1.4." + i + ".1", new Integer32(-1));
        }
        try (var agent = new SnmpAgent(objects);
                Session session = open(agent)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.values())
                    .containsEntry("device.count", "3")
                    .containsEntry("device.1.model", "ePDU 1")
                    .containsEntry("device.3.model", "ePDU 3")
                    .containsEntry("device.2.outlet.1.desc", "rack 2")
                    .containsEntry("device.3.outlet.1.status", "off")
                    .doesNotContainKey("outlet.1.desc");
            assertThat(report.commands()).contains("device.3.outlet.1.load.on");
            assertThat(session.run("device.3.outlet.1.load.on", "")).isEqualTo(Outcome.handled());
            assertThat(session.set("device.2.outlet.1.desc", "shelf")).isEqualTo(Outcome.handled());
            assertThat(agent.writes())
                    .containsExactly(marlin + ".6.6.1.4.2.1 Integer32 0", marlin + ".6.1.1.3.1.1 OCTET STRING shelf");
            assertThat(session.set("device.9.outlet.1.desc", "shelf")).isEqualTo(Outcome.unknown());
        }
        objects.put(marlin + ".1.1.0", new OctetString("0"));
        try (var agent = new SnmpAgent(objects);
                Session session = open(agent)) {
            assertThat(new TestReport().poll(session).values())
                    .containsEntry("device.model", "ePDU 1")
                    .containsEntry("outlet.1.desc", "rack 1");
        }
    }

    @Test
    void choosesBySysObjectIdThenByMakerThenByWhatAnswers() throws IOException {
        Map<String, Variable> objects = Rfc1628.onLine();
        objects.put("1.3.6.1.4.1.318.1.1.1.1.1.1.0", new OctetString("Smart-UPS"));
        objects.put("1.3.6.1.2.1.1.2.0", new OID("1.3.6.1.4.1.318.1.3.27"));
        assertThat(chosen(objects)).isEqualTo("apcc MIB 1.61");
        objects.put("1.3.6.1.2.1.1.2.0", new OctetString(".1.3.6.1.2.1.33"));
        assertThat(chosen(objects)).isEqualTo("ietf MIB 1.55");
        assertThat(chosen(objects, "mibs = apcc")).isEqualTo("apcc MIB 1.61");
        objects.remove("1.3.6.1.2.1.1.2.0");
        assertThat(chosen(objects)).isEqualTo("apcc MIB 1.61");
        objects.remove("1.3.6.1.4.1.318.1.1.1.1.1.1.0");
        assertThat(chosen(objects)).isEqualTo("ietf MIB 1.55");
        objects.remove(UPS + ".1.1.1.0");
        objects.put("1.3.6.1.2.1.1.2.0", new OID("1.3.6.1.4.1.99"));
        objects.keySet().removeIf(oid -> oid.startsWith(UPS));
        assertThatIOException().isThrownBy(() -> chosen(objects)).withMessageContaining("1.3.6.1.4.1.99");
    }

    private String chosen(Map<String, Variable> objects, String... lines) throws IOException {
        try (var agent = new SnmpAgent(objects);
                Session session = open(agent, lines)) {
            return new TestReport().poll(session).values().get("driver.version.data");
        }
    }

    @Test
    void leavesTransferVoltagesOutAndCorrectsThemAsTheSectionSays() throws IOException {
        try (var agent = new SnmpAgent(Rfc1628.onLine())) {
            for (Map.Entry<String, String> wanted : Map.of(
                            "", "196", "notransferoids", "", "symmetrathreephase", "138.57")
                    .entrySet()) {
                String[] lines = wanted.getKey().isEmpty() ? new String[0] : new String[] {wanted.getKey()};
                try (Session session = open(agent, lines)) {
                    assertThat(new TestReport()
                                    .poll(session)
                                    .value("input.transfer.low")
                                    .orElse(""))
                            .isEqualTo(wanted.getValue());
                }
            }
        }
    }

    @Test
    void saysWhichOptionIsWrong() throws IOException {
        try (var agent = new SnmpAgent(Map.of())) {
            refuses(agent, "secName", "snmp_version = v3");
            refuses(agent, "authPassword", "snmp_version = v3", "secName = me", "secLevel = authNoPriv");
            refuses(
                    agent,
                    "privPassword",
                    "snmp_version = v3",
                    "secName = me",
                    "secLevel = authPriv",
                    "authPassword = longenough",
                    "privPassword = short");
            refuses(agent, "snmp_timeout", "snmp_timeout = 0");
            refuses(agent, "there is no such mapping", "mibs = nosuch");
            Settings nowhere = Settings.of("test", "auto", SnmpOptions.ALL, Map.of());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Bench.open(links, nowhere))
                    .withMessageContaining("'port'");
        }
    }

    private void refuses(SnmpAgent agent, String option, String... lines) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(agent, lines))
                .withMessageContaining(option);
    }
}
