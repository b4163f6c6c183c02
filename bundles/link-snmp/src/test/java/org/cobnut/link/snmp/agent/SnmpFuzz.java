package org.cobnut.link.snmp.agent;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.link.snmp.SnmpValue;
import org.snmp4j.smi.UdpAddress;

/** Any bytes as replies of an agent: each call ends with values or with a reason, and the next right reply is read. */
class SnmpFuzz {
    private static final UdpAddress AGENT = new UdpAddress("127.0.0.1/161");
    private static final String OBJECT = "1.3.6.1.2.1.33.1.2.4.0";
    private static final List<SnmpParameters> WHO = List.of(
            SnmpParameters.community(Version.V1, "public"),
            SnmpParameters.community(Version.V2C, "public"),
            SnmpParameters.user("me"));
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final ScriptedSocket SOCKET = new ScriptedSocket();
    private static final Engine ENGINE = engine();

    private static Engine engine() {
        try {
            return new Engine(SOCKET);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FuzzTest(maxDuration = "5s")
    void readsAnything(byte[] bytes) throws IOException {
        fuzzerTestOneInput(bytes);
    }

    /** The form in which the fuzzer's own program takes a target. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        SnmpParameters who = WHO.get(bytes.length == 0 ? 0 : (bytes[0] >> 2 & 0xff) % WHO.size());
        SOCKET.answering(bytes);
        try (SnmpLink link = link(who.patience(MOMENT, 0))) {
            ask(link);
        }
        SOCKET.answeringRightly(7);
        try (SnmpLink link = link(SnmpParameters.community(Version.V2C, "public"))) {
            if (!SnmpValue.integer(7).equals(link.get(List.of(OBJECT)).get(OBJECT)))
                throw new AssertionError("a right reply is not read any more");
        }
    }

    private static SnmpLink link(SnmpParameters parameters) {
        return new AgentLink(ENGINE, AGENT, parameters, () -> {}, closed -> {});
    }

    private static void ask(SnmpLink link) {
        Call[] calls = {
            () -> link.get(List.of(OBJECT, "1.3.6.1.2.1.33.1.2.5.0", "1.3.6.1.2.1.33.1.2.6.0")),
            () -> link.next(List.of(OBJECT)),
            () -> link.walk("1.3.6.1.2.1.33", 50),
            () -> link.set(List.of(new SnmpObject(OBJECT, SnmpValue.integer(1))))
        };
        for (Call call : calls) {
            try {
                call.run();
            } catch (IOException reason) {
                if (reason.getMessage() == null || reason.getMessage().isBlank()) throw new AssertionError("no reason");
            }
        }
    }

    private interface Call {
        void run() throws IOException;
    }
}
