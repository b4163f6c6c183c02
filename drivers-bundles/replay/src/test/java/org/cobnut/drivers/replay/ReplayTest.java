package org.cobnut.drivers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.Links;
import org.cobnut.link.record.ByteLinkRecorder;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;

class ReplayTest {
    @TempDir
    Path folder;

    private final Replay replay = new Replay();
    private final Driver acme = new Acme();

    /** A driver that logs in and then asks one thing in each poll. */
    private static final class Acme implements Driver {
        @Override
        public Options options() {
            return Options.of(Option.secret("password", "to log in"));
        }

        @Override
        public Session open(Settings settings, Links links) throws IOException {
            ByteLink link = links.open(ByteLink.class, settings.port());
            String welcome = ask(link, "LOGIN " + settings.text("password").orElse(""));
            return (report, due) -> {
                report.set("device.model", welcome);
                report.set("input.voltage", ask(link, "VOLTS"));
            };
        }

        private static String ask(ByteLink link, String question) throws IOException {
            link.write((question + "\r").getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = link.readUntil('\r', 80, Duration.ofSeconds(1));
            return new String(answer, StandardCharsets.ISO_8859_1).strip();
        }
    }

    ReplayTest() {
        replay.addDriver(acme, Map.of(Driver.NAME, new String[] {"acme", "acme-2"}));
        replay.addRecorder(new ByteLinkRecorder(), Map.of(LinkProvider.KIND, ByteLink.class.getName()));
    }

    private static final String RECORDED = """
            cobnut transcript 1
            driver acme-2
            port /dev/ttyS7
            option password (hidden)
            link org.cobnut.link.ByteLink /dev/ttyS7
            > LOGIN (hidden)\\r
            < Acme 3000\\r
            > VOLTS\\r
            < 230.1\\r
            < 230.2\\r
            """;

    @Test
    void runsTheDriverThatWasRecordedAndAnswersIt() throws IOException {
        var session = open(RECORDED);
        assertThat(volts(session)).isEqualTo("230.1");
        assertThat(volts(session)).isEqualTo("230.2");
        assertThat(volts(session)).as("the last one stays").isEqualTo("230.2");
    }

    @Test
    void runsTheDriverThatRanksHighestAndGivesWayToOne() throws IOException {
        var session = open(RECORDED);
        var higher = new Acme();
        replay.addDriver(higher, Map.of(Driver.NAME, "acme-2", Constants.SERVICE_RANKING, 5));
        replay.addDriver(new Acme(), Map.of(Driver.NAME, "acme-2", Constants.SERVICE_RANKING, -5));
        assertThatIOException().isThrownBy(() -> volts(session)).withMessageContaining("has taken its place");
        var again = open(RECORDED);
        assertThat(volts(again)).isEqualTo("230.1");
        replay.removeDriver(higher);
        assertThatIOException().isThrownBy(() -> volts(again)).withMessageContaining("has gone");
        assertThat(volts(open(RECORDED))).isEqualTo("230.1");
    }

    @Test
    void failsWhenTheDriverHasGone() throws IOException {
        var session = open(RECORDED);
        replay.removeDriver(acme);
        assertThatIOException()
                .isThrownBy(() -> volts(session))
                .withMessage("the driver acme-2 has gone, or another one has taken its place");
        assertThatIOException()
                .isThrownBy(() -> open(RECORDED))
                .withMessageEndingWith("myups.txt was recorded with the driver acme-2, which no bundle offers here");
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        assertThatIOException()
                .isThrownBy(() -> open("cobnut transcript 1\ndriver acme\n* what\n"))
                .withMessageEndingWith("myups.txt:3: '*' begins no line of a transcript");
        assertThatIOException().isThrownBy(() -> open("> Q1\\r\n")).withMessageContaining("no line 'driver'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(RECORDED + "option colour red\n"))
                .withMessageEndingWith("unknown option 'colour'; this driver takes password");
        assertThatIOException()
                .isThrownBy(() -> open(RECORDED.replace("link.ByteLink /dev", "link.ByteLink /other")))
                .withMessageEndingWith("myups.txt holds no ByteLink to /dev/ttyS7");
    }

    private Session open(String transcript) throws IOException {
        Files.writeString(folder.resolve("myups.txt"), transcript);
        return replay.open(Settings.of("again", "myups.txt", replay.options(), Map.of()), new TestLinks(folder));
    }

    private static String volts(Session session) throws IOException {
        var report = new TestReport();
        session.poll(report, Due.FULL);
        assertThat(report.value("device.model")).contains("Acme 3000");
        return report.value("input.voltage").orElseThrow();
    }
}
