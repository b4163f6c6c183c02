package org.cobnut.link.snmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.link.snmp.SnmpValue;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snmp4j.PDU;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Opaque;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

@Timeout(20)
class AgentLinkTest {
    private final SnmpLinks links = new SnmpLinks();
    private SnmpAgent agent;

    @BeforeEach
    void start() throws IOException {
        var objects = new TreeMap<String, Variable>();
        for (int i = 1; i <= 100; i++) objects.put("1.3.6.1.4.1.9." + i + ".0", new Integer32(i));
        agent = new SnmpAgent(objects);
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
        links.stop();
    }

    private SnmpLink open(Version version) throws IOException {
        return open(SnmpParameters.community(version, "public").patience(Duration.ofMillis(150), 0));
    }

    private SnmpLink open(SnmpParameters parameters) throws IOException {
        return TestRequest.of(SnmpLink.class, "udp:" + agent.host(), parameters).open(links);
    }

    private static List<String> numbers(int from, int to) {
        var oids = new ArrayList<String>();
        for (int i = from; i <= to; i++) oids.add("1.3.6.1.4.1.9." + i + ".0");
        return oids;
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V1", "V2C"})
    void readsManyObjectsInFewRequests(Version version) throws IOException {
        try (SnmpLink link = open(version)) {
            assertThat(link.get(numbers(1, 100)).keySet()).containsExactlyElementsOf(numbers(1, 100));
            assertThat(agent.requests())
                    .as("32, then as many as fit into a packet")
                    .isEqualTo(3);
        }
    }

    @Test
    void asksForNoMoreThanFitsIntoAPacket() throws IOException {
        for (int i = 1; i <= 100; i++) agent.put("1.3.6.1.4.1.9." + i + ".0", new OctetString("x".repeat(60)));
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(numbers(1, 96))).hasSize(96);
            assertThat(agent.requests()).isEqualTo(3);
        }
    }

    @Test
    void growsNoMoreAfterALargerRequestFailed() throws IOException {
        agent.silentAbove(40);
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(numbers(1, 100))).hasSize(100);
            int before = agent.requests();
            assertThat(link.get(numbers(1, 100))).hasSize(100);
            assertThat(agent.requests() - before).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V1", "V2C"})
    void leavesOutWhatTheAgentDoesNotHave(Version version) throws IOException {
        try (SnmpLink link = open(version)) {
            agent.remove("1.3.6.1.4.1.9.2.0");
            agent.remove("1.3.6.1.4.1.9.5.0");
            assertThat(link.get(numbers(1, 6)).keySet())
                    .containsExactly(
                            "1.3.6.1.4.1.9.1.0", "1.3.6.1.4.1.9.3.0", "1.3.6.1.4.1.9.4.0", "1.3.6.1.4.1.9.6.0");
        }
    }

    @Test
    void halvesRequestsThatAreTooBigAndRemembersIt() throws IOException {
        agent.taking(5);
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(numbers(1, 20))).hasSize(20);
            int before = agent.requests();
            assertThat(link.get(numbers(1, 20))).hasSize(20);
            assertThat(agent.requests() - before).isEqualTo(4);
        }
    }

    @Test
    void asksForLessWhenTheAgentStaysSilentToMuch() throws IOException {
        agent.silentAbove(8);
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(numbers(1, 30))).hasSize(30);
        }
    }

    @Test
    void asksForMoreAgainWhenTheAgentWasSilentForAnotherReason() throws IOException {
        agent.silentAbove(8);
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(numbers(1, 30))).hasSize(30);
            agent.silentAbove(Integer.MAX_VALUE);
            for (int i = 0; i < 30; i++) assertThat(link.get(numbers(1, 30))).hasSize(30);
            int before = agent.requests();
            assertThat(link.get(numbers(1, 30))).hasSize(30);
            assertThat(agent.requests() - before).isEqualTo(1);
        }
    }

    @Test
    void asksAgainForWhatATruncatedAnswerLeftOut() throws IOException {
        agent.spoiling(answer -> {
            while (answer.size() > 3) answer.remove(3);
            return answer;
        });
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(numbers(1, 10))).hasSize(10);
        }
    }

    @Test
    void takesAnAnswerOfOtherObjectsForNone() throws IOException {
        agent.spoiling(answer -> {
            answer.get(0).setOid(new OID("1.3.6.1.4.1.9.77.0"));
            return answer;
        });
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(numbers(1, 1))).isEmpty();
        }
    }

    @Test
    void takesEachAnswerOnceThatComesTwice() throws IOException {
        agent.twice();
        try (SnmpLink link = open(Version.V2C)) {
            for (int i = 1; i < 50; i++)
                assertThat(link.get(numbers(i, i)).values()).containsExactly(SnmpValue.integer(i));
        }
    }

    @Test
    void saysThatAnAgentIsSilentAndReadsItWhenItIsBack() throws IOException {
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(numbers(1, 3))).hasSize(3);
            agent.silentAbove(0);
            assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.get(numbers(1, 3)));
            int port = agent.port();
            agent.close();
            agent = new SnmpAgent(new TreeMap<>(java.util.Map.of("1.3.6.1.4.1.9.1.0", new Integer32(7))), port);
            assertThat(link.get(numbers(1, 3)))
                    .containsExactly(java.util.Map.entry("1.3.6.1.4.1.9.1.0", SnmpValue.integer(7)));
        }
    }

    @Test
    void repeatsReadsAndNeverAWrite() throws IOException {
        agent.silentAbove(0);
        SnmpParameters twice = SnmpParameters.community(Version.V2C, "public").patience(Duration.ofMillis(50), 2);
        try (SnmpLink link = open(twice)) {
            assertThatIOException().isThrownBy(() -> link.get(numbers(1, 1)));
            assertThat(agent.requests()).isEqualTo(3);
            assertThatExceptionOfType(NoAnswerException.class)
                    .isThrownBy(() -> link.set(List.of(new SnmpObject("1.3.6.1.4.1.9.1.0", SnmpValue.integer(5)))));
            assertThat(agent.requests()).isEqualTo(4);
        }
    }

    @Test
    void writesSeveralObjectsAtOnce() throws IOException {
        try (SnmpLink link = open(Version.V2C)) {
            link.set(List.of(
                    new SnmpObject("1.3.6.1.4.1.9.1.0", SnmpValue.integer(5)),
                    new SnmpObject("1.3.6.1.4.1.9.2.0", SnmpValue.integer(6))));
            assertThat(agent.writes())
                    .containsExactly("1.3.6.1.4.1.9.1.0 Integer32 5", "1.3.6.1.4.1.9.2.0 Integer32 6");
        }
    }

    @Test
    void saysWhyAnAgentRefuses() throws IOException {
        agent.refusing(PDU.notWritable);
        try (SnmpLink link = open(Version.V2C)) {
            assertThatExceptionOfType(SnmpException.class)
                    .isThrownBy(() -> link.set(List.of(new SnmpObject("1.3.6.1.4.1.9.1.0", SnmpValue.integer(5)))))
                    .withMessageContaining("Not writable");
            assertThatExceptionOfType(SnmpException.class)
                    .isThrownBy(() -> link.set(List.of(
                            new SnmpObject("1.3.6.1.4.1.9.1.0", new SnmpValue(SnmpValue.Type.INTEGER, "much")))))
                    .withMessageContaining("'much' cannot be written");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"V1", "V2C"})
    void walksASubtreeToItsEnd(Version version) throws IOException {
        agent.put("1.3.6.1.4.1.10.1.0", new Integer32(0));
        try (SnmpLink link = open(version)) {
            assertThat(link.walk("1.3.6.1.4.1.9", 1000).keySet()).containsExactlyElementsOf(numbers(1, 100));
            assertThat(link.walk("1.3.6.1.4.1.9", 30)).hasSize(30);
            assertThat(link.walk("1.3.6.1.4.1.11", 30)).isEmpty();
            assertThat(link.next(List.of("1.3.6.1.4.1.9.100", "1.3.6.1.4.1.10.1.0")))
                    .containsOnlyKeys("1.3.6.1.4.1.9.100");
        }
    }

    @Test
    void asksForAsManyObjectsOfASubtreeAsItHadTheLastTime() throws IOException {
        var asked = new CopyOnWriteArrayList<Integer>();
        agent.telling((community, request) -> asked.add(request.getMaxRepetitions()));
        try (SnmpLink link = open(Version.V2C)) {
            for (int i = 0; i < 2; i++)
                assertThat(link.walk("1.3.6.1.4.1.11", 30)).isEmpty();
            agent.put("1.3.6.1.4.1.11.1.0", new Integer32(1));
            agent.put("1.3.6.1.4.1.11.2.0", new Integer32(2));
            for (int i = 0; i < 2; i++)
                assertThat(link.walk("1.3.6.1.4.1.11", 30)).hasSize(2);
        }
        assertThat(asked)
                .as("at first, empty, with two rows that came, with two")
                .startsWith(24, 2, 2)
                .endsWith(4);
    }

    @Test
    void endsAWalkThatStandsStill() throws IOException {
        agent.spoiling(answer -> {
            answer.getVariableBindings().forEach(binding -> binding.setOid(new OID("1.3.6.1.4.1.9.1.0")));
            return answer;
        });
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.walk("1.3.6.1.4.1.9", 1000)).hasSizeLessThan(2);
        }
    }

    @Test
    void readsEveryTypeOfValue() throws IOException {
        agent.put("1.3.1.0", new OctetString("Rack 3\0\0"));
        agent.put("1.3.2.0", OctetString.fromHexString("00:20:85:f3:01:02"));
        agent.put("1.3.3.0", new TimeTicks(4711));
        agent.put("1.3.4.0", new Counter64(-1));
        agent.put("1.3.5.0", new OID("1.3.6.1.2.1.33.1.6.3.3"));
        agent.put("1.3.6.0", new Opaque(new byte[] {(byte) 0x9f, 0x78, 4, 0x41, (byte) 0xb4, 0, 0}));
        agent.put("1.3.7.0", new OctetString(new byte[] {(byte) 0xb0, 'C'}));
        try (SnmpLink link = open(Version.V2C)) {
            assertThat(link.get(List.of("1.3.1.0", "1.3.2.0", "1.3.3.0", "1.3.4.0", "1.3.5.0", "1.3.6.0", "1.3.7.0"))
                            .values())
                    .extracting(SnmpValue::text)
                    .containsExactly(
                            "Rack 3",
                            "00:20:85:f3:01:02",
                            "4711",
                            "18446744073709551615",
                            "1.3.6.1.2.1.33.1.6.3.3",
                            "22.5",
                            "\u00b0C");
        }
    }

    @Test
    void showsNoSecret() {
        assertThat(SnmpParameters.community(Version.V2C, "topsecret").toString())
                .doesNotContain("topsecret");
        assertThat(SnmpParameters.user("me")
                        .signed(SnmpParameters.Authentication.SHA, "topsecret")
                        .encrypted(SnmpParameters.Privacy.AES, "moresecret")
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void readsAHostInEveryForm() throws IOException {
        assertThat(SnmpLinks.address("udp:127.0.0.1")).hasToString("127.0.0.1/161");
        assertThat(SnmpLinks.address("127.0.0.1:1161")).hasToString("127.0.0.1/1161");
        assertThat(SnmpLinks.address("udp:[::1]:1161").getPort()).isEqualTo(1161);
        assertThat(SnmpLinks.address("::1").getPort()).isEqualTo(161);
        assertThatIOException()
                .isThrownBy(() -> SnmpLinks.address("127.0.0.1:many"))
                .withMessageContaining("many");
        assertThatIOException().isThrownBy(() -> SnmpLinks.address("127.0.0.1:70000"));
    }
}
