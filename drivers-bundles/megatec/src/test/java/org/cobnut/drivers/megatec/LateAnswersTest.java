package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.driver.Due;
import org.cobnut.driver.Session;
import org.cobnut.drivers.megatec.voltronic.Voltronic;
import org.cobnut.drivers.megatec.wire.Coding;
import org.cobnut.drivers.megatec.wire.Connection;
import org.cobnut.drivers.megatec.wire.Query;
import org.cobnut.drivers.megatec.wire.SerialTextLine;
import org.cobnut.drivers.megatec.wire.TextLine;
import org.cobnut.drivers.megatec.wire.WrongAnswerException;
import org.cobnut.link.NoAnswerException;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come when another question was asked meanwhile. */
class LateAnswersTest {
    private static final Query ECO = Query.full("QHE", 9, "(").like("[(][0-9]{3} [0-9]{3}");
    private static final Query BYPASS = Query.full("QBYV", 9, "(").like("[(][0-9]{3} [0-9]{3}");
    private static final Map<String, String> TWINS = Map.of("QHE", "(242 218", "QBYV", "(264 170");

    /** What a unit of the conversation {@code voltronic.txt} answers. */
    private static Map<String, String> unit() throws IOException {
        var answers = new LinkedHashMap<String, String>();
        String question = "";
        for (String line : java.nio.file.Files.readAllLines(PtyUps.conversation("voltronic"))) {
            String text = line.length() > 2 ? line.substring(2).replace("\\r", "") : "";
            if (line.startsWith("> ")) question = text;
            if (line.startsWith("< ")) answers.put(question, text);
        }
        return answers;
    }

    private static Session voltronic(LateLine line) {
        var driver = new NutdrvQx();
        return new MegatecSession(
                new Connection(line), Voltronic.TABLE, NutdrvQx.config(Bench.settings(driver)), System::nanoTime);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void raisesNoFalseAlarmAndLosesNothing(int timeouts) throws IOException {
        var expected = Bench.poll(voltronic(new LateLine(unit())));
        var line = new LateLine(unit());
        line.late(timeouts);
        Session session = voltronic(line);
        var report = new TestReport();
        for (int i = 0; i < 40; i++) poll(session, report);
        assertThat(report.alarms()).isEmpty();
        assertThat(expected.values()).as("only what the UPS told").containsAllEntriesOf(report.values());
        line.late(0);
        for (int i = 0; i < 8; i++) poll(session, report);
        assertThat(report.values()).isEqualTo(expected.values());
        assertThat(report.status()).isEqualTo(expected.status());
    }

    /** A poll that fails leaves no trace. */
    private static void poll(Session session, TestReport report) {
        try {
            session.poll(report.next(), Due.FULL);
        } catch (IOException late) {
            assertThat(late).hasMessageStartingWith("Voltronic, QGS: ");
        }
    }

    @Test
    void tellsTwinsApartByTheirOrder() throws IOException {
        var line = new LateLine(TWINS);
        var connection = new Connection(line);
        line.late(2);
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> connection.ask(ECO));
        line.late(0);
        assertThat(connection.ask(BYPASS)).isEqualTo("(264 170\r");
        assertThat(connection.ask(ECO)).isEqualTo("(242 218\r");
    }

    @Test
    void takesNoLateAnswerForThatOfACommand() throws IOException {
        var coming = new ArrayDeque<String>();
        var connection = new Connection(new TextLine() {
            @Override
            public void send(String text) {
                if (text.equals("C\r")) coming.addAll(List.of("(242 218\r", "(ACK\r"));
            }

            @Override
            public String receive(Duration wait) throws IOException {
                if (coming.isEmpty()) throw new NoAnswerException(new byte[0], wait);
                return coming.remove();
            }

            @Override
            public void close() {}
        });
        assertThatExceptionOfType(NoAnswerException.class).isThrownBy(() -> connection.ask(ECO));
        assertThat(connection.command("C", Coding.TEXT)).isEqualTo(Optional.of("(ACK"));
    }

    @Test
    void takesAVerdictForNoAnswer() {
        var link = new Transcript();
        link.answer("QMF\r", "(ACK\r");
        assertThatExceptionOfType(WrongAnswerException.class)
                .isThrownBy(() -> new Connection(new SerialTextLine(link)).ask(Query.once("QMF", 2, "(")))
                .withMessage("'(ACK' is no answer to QMF");
    }
}
