package org.cobnut.link.snmp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Recording;
import org.cobnut.link.record.Transcript;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.link.snmp.SnmpValue;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;

@Timeout(20)
class SnmpRecorderTest {
    private static final String ONE = "1.3.6.1.4.1.9.1.0";
    private static final String TWO = "1.3.6.1.4.1.9.2.0";
    private static final String NONE = "1.3.6.1.4.1.9.3.0";

    /** Takes down a transcript as the runtime does. */
    private static final class Lines implements Recording {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void sent(String question) {
            text.append("> ").append(Transcript.escape(question)).append('\n');
        }

        @Override
        public void received(String answer) {
            text.append("< ").append(Transcript.escape(answer)).append('\n');
        }

        @Override
        public void state(String name, String value) {
            text.append("= ").append(name).append(' ').append(value).append('\n');
        }

        @Override
        public void failed(String reason) {
            text.append("! ").append(reason).append('\n');
        }
    }

    @Test
    void playsWhatItRecordedInWhateverCompanyItIsAskedFor() throws IOException {
        var lines = new Lines();
        var recorder = new SnmpRecorder();
        var links = new SnmpLinks();
        SnmpParameters quick = SnmpParameters.community(Version.V2C, "public").patience(Duration.ofMillis(100), 0);
        try (var agent = new SnmpAgent(Map.of(ONE, new Integer32(5), TWO, new OctetString("a\nb \u00e9")));
                SnmpLink link = recorder.record(
                        SnmpLink.class,
                        TestRequest.of(SnmpLink.class, "udp:" + agent.host(), quick)
                                .open(links),
                        lines)) {
            link.get(List.of(ONE, TWO, NONE));
            link.next(List.of(ONE, TWO));
            link.walk("1.3.6.1.4.1.9", 10);
            link.set(List.of(new SnmpObject(ONE, SnmpValue.integer(7))));
            assertThatExceptionOfType(SnmpException.class)
                    .isThrownBy(() -> link.set(List.of(new SnmpObject(NONE, SnmpValue.integer(7)))));
            agent.silentAbove(0);
            assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> link.get(List.of("1.3.9.0")));
        }
        links.stop();

        SnmpLink played = recorder.replay(
                SnmpLink.class, Transcript.of(lines.text.toString()).conversation());
        assertThat(played.get(List.of(TWO))).isEqualTo(Map.of(TWO, SnmpValue.text("a\nb \u00e9")));
        assertThat(played.get(List.of(NONE, ONE, "1.9.9"))).isEqualTo(Map.of(ONE, SnmpValue.integer(5)));
        assertThat(played.next(List.of(ONE, TWO)))
                .isEqualTo(Map.of(ONE, new SnmpObject(TWO, SnmpValue.text("a\nb \u00e9"))));
        assertThat(played.walk("1.3.6.1.4.1.9", 10)).containsOnlyKeys(ONE, TWO);
        played.set(List.of(new SnmpObject(ONE, SnmpValue.integer(7))));
        assertThatExceptionOfType(SnmpException.class)
                .isThrownBy(() -> played.set(List.of(new SnmpObject(NONE, SnmpValue.integer(7)))));
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> played.get(List.of("1.3.9.0")));
    }
}
