package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.cobnut.driver.Session;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.serial.SerialLinks;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver on a line, with a UPS that may misbehave at the far end. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class PtyTest {
    @TempDir
    Path folder;

    /** The UPS answers at once or not at all, so that nobody waits as long as for a real one. */
    private static Session open(PtyUps ups, String... lines) throws IOException {
        ByteLink link = TestRequest.of(ByteLink.class, ups.port(), SerialParameters.at(2400))
                .open(new SerialLinks());
        return Bench.qx(new HastyLink(link), lines);
    }

    /** A link whose answers are waited for half a second, where it would be more. */
    private record HastyLink(ByteLink link) implements ByteLink {
        private static final Duration MOST = Duration.ofMillis(500);

        @Override
        public void write(byte[] bytes) throws IOException {
            link.write(bytes);
        }

        @Override
        public int read(byte[] into, Duration wait) throws IOException {
            return link.read(into, wait.compareTo(MOST) < 0 ? wait : MOST);
        }

        @Override
        public void discard() throws IOException {
            link.discard();
        }

        @Override
        public void close() {
            link.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "megatec",
                "megatec-old",
                "q1",
                "mustek",
                "mecer",
                "zinto",
                "voltronic",
                "voltronic-qs",
                "voltronic-qs-hex",
                "voltronic-axpert",
                "bestups",
                "masterguard",
                "omron",
                "innovart33",
            })
    void readsEachDialectAsWithoutALine(String dialect) throws IOException {
        var expected = Bench.poll(Bench.qx(PtyUps.transcript(dialect), "protocol = " + dialect));
        try (var ups = new PtyUps(dialect, folder)) {
            var session = open(ups, "protocol = " + dialect);
            var report = Bench.poll(session);
            session.close();
            assertThat(report.values()).isEqualTo(expected.values());
            assertThat(report.commands()).isEqualTo(expected.commands());
            assertThat(report.status()).isEqualTo(expected.status());
        }
    }

    @Test
    void findsTheDialectByItself() throws IOException {
        try (var ups = new PtyUps("voltronic", folder)) {
            var session = open(ups);
            assertThat(Bench.poll(session).values()).containsEntry("device.mfr", "BOH");
            session.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "noise", "silence", "short", "long", "nak"})
    void missesOneReadingAndGoesOn(String fault) throws IOException {
        try (var ups = new PtyUps("q1", folder)) {
            var session = open(ups, "protocol = q1");
            Bench.poll(session);
            ups.order("fault " + fault);
            assertThatIOException().isThrownBy(() -> Bench.poll(session)).withMessageStartingWith("Q1, Q1: ");
            ups.order("fault good");
            assertThat(Bench.poll(session).values()).containsEntry("input.voltage", "229.9");
            session.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"twice", "slow"})
    void isNotDisturbedByAnAnswer(String manner) throws IOException {
        try (var ups = new PtyUps("megatec", folder)) {
            var session = open(ups, "protocol = megatec");
            ups.order("fault " + manner);
            for (int i = 0; i < 2; i++)
                assertThat(Bench.poll(session).values())
                        .containsEntry("input.voltage", "229.9")
                        .containsEntry("input.frequency.nominal", "50");
            session.close();
        }
    }

    @Test
    void doesNotTakeALateAnswerForThatOfAnotherQuestion() throws IOException {
        try (var ups = new PtyUps("mustek", folder)) {
            var session = open(ups, "protocol = mustek");
            ups.order("fault late");
            assertThat(Bench.poll(session).status()).containsExactly("OB", "LB");
            ups.order("fault good");
            assertThat(session.run("load.on", "")).isEqualTo(Outcome.handled());
            var variables = Bench.poll(session).values();
            assertThat(variables).containsEntry("input.voltage", "229.9");
            assertThat(variables.getOrDefault("input.voltage.nominal", "230")).isEqualTo("230");
            session.close();
        }
    }

    @Test
    void sendsACommandOnce() throws IOException {
        try (var ups = new PtyUps("mecer", folder)) {
            var session = open(ups, "protocol = mecer");
            ups.order("asked");
            assertThat(session.run("test.battery.start", "12")).isEqualTo(Outcome.handled());
            assertThat(session.run("beeper.toggle", "").code()).isEqualTo(Outcome.Code.FAILED);
            assertThat(session.run("load.off", "").code()).isEqualTo(Outcome.Code.FAILED);
            assertThat(ups.order("asked")).isEqualTo("T.2 Q S00R0000");
            session.close();
        }
    }

    @Test
    void opensAgainAfterTheLineHungUp() throws IOException {
        try (var ups = new PtyUps("megatec", folder)) {
            var session = open(ups, "protocol = megatec");
            Bench.poll(session);
            ups.order("hang");
            assertThatIOException().isThrownBy(() -> Bench.poll(session)).withMessageEndingWith("the line is gone");
            session.close();
            assertThatIOException().isThrownBy(() -> open(ups)).withMessageEndingWith("does not exist");
            ups.order("plug");
            var again = open(ups, "protocol = megatec");
            assertThat(Bench.poll(again).status()).containsExactly("OL");
            again.close();
        }
    }
}
