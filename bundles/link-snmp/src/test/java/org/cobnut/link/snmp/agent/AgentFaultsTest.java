package org.cobnut.link.snmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Authentication;
import org.cobnut.link.snmp.SnmpParameters.Privacy;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.link.snmp.SnmpValue;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snmp4j.PDU;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;

/** Agents that fail in the ways in which agents do. */
@Timeout(20)
class AgentFaultsTest {
    private static final String TABLE = "1.3.6.1.4.1.9";
    private static final String FIRST = TABLE + ".1.0";
    private static final String SIGN = "signing secret";
    private static final String ENCRYPT = "encrypting secret";

    private final SnmpLinks links = new SnmpLinks();

    @AfterEach
    void stop() {
        links.stop();
    }

    private static Map<String, Variable> objects() {
        var objects = new TreeMap<String, Variable>();
        for (int i = 1; i <= 60; i++) objects.put(TABLE + "." + i + ".0", new Integer32(i));
        return objects;
    }

    private SnmpLink open(SnmpAgent agent, SnmpParameters parameters, int retries) throws IOException {
        return TestRequest.of(
                        SnmpLink.class, "udp:" + agent.host(), parameters.patience(Duration.ofMillis(300), retries))
                .open(links);
    }

    private SnmpLink open(SnmpAgent agent, Version version, int retries) throws IOException {
        return open(agent, SnmpParameters.community(version, "public"), retries);
    }

    private static SnmpAgent withUser(SnmpAgent agent) {
        return agent.user("me", AuthSHA.ID, SIGN, PrivAES128.ID, ENCRYPT);
    }

    private static SnmpParameters me() {
        return SnmpParameters.user("me").signed(Authentication.SHA, SIGN).encrypted(Privacy.AES, ENCRYPT);
    }

    @Test
    void walksInSmallerStepsWhenTheAgentSaysThatTheyAreTooBig() throws IOException {
        try (var agent = new SnmpAgent(objects()).spoiling(answer -> {
                    if (answer.size() <= 5) return answer;
                    answer.clear();
                    answer.setErrorStatus(PDU.tooBig);
                    return answer;
                });
                SnmpLink link = open(agent, Version.V2C, 0)) {
            assertThat(link.walk(TABLE, 100)).hasSize(60);
        }
    }

    @Test
    void walksObjectByObjectWhenTheAgentStaysSilentToMany() throws IOException {
        // What a path drops that does not carry fragments.
        try (var agent = new SnmpAgent(objects()).spoilingBytes(bytes -> bytes.length > 200 ? new byte[0] : bytes);
                SnmpLink link = open(agent, Version.V2C, 0)) {
            assertThat(link.walk(TABLE, 100)).hasSize(60);
        }
    }

    @Test
    void keepsWhatItHasWhenAWalkMeetsNoSuchName() throws IOException {
        var asked = new AtomicInteger();
        try (var agent = new SnmpAgent(objects()).spoiling(answer -> {
                    if (asked.incrementAndGet() > 10) {
                        answer.setErrorStatus(PDU.noSuchName);
                        answer.setErrorIndex(1);
                    }
                    return answer;
                });
                SnmpLink link = open(agent, Version.V1, 0)) {
            assertThat(link.walk(TABLE, 100)).hasSize(10).containsEntry(TABLE + ".10.0", SnmpValue.integer(10));
        }
    }

    @Test
    void readsTheRestWhenObjectsGoWhileTheyAreAskedFor() throws IOException {
        List<String> oids = objects().keySet().stream().toList();
        for (Version version : List.of(Version.V1, Version.V2C))
            try (var agent = new SnmpAgent(objects());
                    SnmpLink link = open(agent, version, 0)) {
                assertThat(link.get(oids)).hasSize(60);
                for (int i = 20; i < 30; i++) agent.remove(TABLE + "." + i + ".0");
                assertThat(link.get(oids)).hasSize(50);
                agent.put(TABLE + ".20.0", new OctetString("back"));
                assertThat(link.get(oids)).hasSize(51).containsEntry(TABLE + ".20.0", SnmpValue.text("back"));
            }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void asksAgainWhenAReplyIsTruncated(Version version) throws IOException {
        var sent = new AtomicInteger();
        try (var agent = withUser(new SnmpAgent(objects()))
                        .spoilingBytes(bytes ->
                                sent.incrementAndGet() % 2 == 0 ? bytes : Arrays.copyOf(bytes, bytes.length - 7));
                SnmpLink link = version == Version.V3 ? open(agent, me(), 2) : open(agent, version, 2)) {
            for (int i = 0; i < 2; i++)
                assertThat(link.get(List.of(FIRST)).values()).containsExactly(SnmpValue.integer(1));
        }
    }

    @Test
    void takesAReplyOfSnmpV3OnceThatComesTwice() throws IOException {
        try (var agent = withUser(new SnmpAgent(objects())).twice();
                SnmpLink link = open(agent, me(), 0)) {
            for (int i = 1; i < 20; i++)
                assertThat(link.get(List.of(TABLE + "." + i + ".0")).values()).containsExactly(SnmpValue.integer(i));
        }
    }

    @Test
    void takesNoReplyToAnEarlierRequestForTheOneToThis() throws IOException {
        try (var agent = new SnmpAgent(objects()).delaying(Duration.ofMillis(450));
                SnmpLink link = open(agent, Version.V2C, 0)) {
            assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.get(List.of(FIRST)));
            agent.delaying(Duration.ofMillis(200)); // the late answer to the first comes before this one's
            assertThat(link.get(List.of(TABLE + ".2.0")).values()).containsExactly(SnmpValue.integer(2));
        }
    }

    @Test
    void readsAnAgentThatTakesFourTriesToAnswer() throws IOException {
        try (var agent = new SnmpAgent(objects()).delaying(Duration.ofSeconds(1));
                SnmpLink link = open(agent, Version.V2C, 5)) {
            assertThat(link.get(List.of(FIRST)).values()).containsExactly(SnmpValue.integer(1));
        }
    }

    /** RFC 3414, 3.2: a larger number of boots is another start, a smaller one is not the agent that was there. */
    @Test
    void goesOnWhenTheEngineOfTheAgentWasStartedAnew() throws IOException {
        var agent = withUser(new SnmpAgent(objects(), 0, 3));
        try (SnmpLink link = open(agent, me(), 0)) {
            assertThat(link.get(List.of(FIRST))).hasSize(1);
            for (int boots : new int[] {4, 9, 1}) {
                int port = agent.port();
                agent.close();
                agent = withUser(new SnmpAgent(objects(), port, boots));
                assertThat(readsAfterAFewPolls(link)).as("boots " + boots).isTrue();
            }
        } finally {
            agent.close();
        }
    }

    private static boolean readsAfterAFewPolls(SnmpLink link) throws IOException {
        for (int i = 0; i < 3; i++) {
            try {
                return link.get(List.of(FIRST)).size() == 1;
            } catch (NoAnswerException | SnmpException lostOnce) {
                // The runtime polls again; what was known of the agent's clock is forgotten by now.
            }
        }
        return false;
    }

    @Test
    void givesAValueOfAnyTypeAsItIs() throws IOException {
        Map<String, Variable> objects = objects();
        objects.put(FIRST, new OctetString("twelve"));
        try (var agent = new SnmpAgent(objects);
                SnmpLink link = open(agent, Version.V2C, 0)) {
            assertThat(link.get(List.of(FIRST))).containsEntry(FIRST, SnmpValue.text("twelve"));
            agent.put(FIRST, org.snmp4j.smi.Null.instance);
            assertThat(link.get(List.of(FIRST, TABLE + ".2.0"))).containsOnlyKeys(TABLE + ".2.0");
        }
    }
}
