package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.ByteLink;
import org.cobnut.link.record.ByteLinkRecorder;
import org.cobnut.link.record.Transcript;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;

/** A conversation that was recorded, played again. */
class TranscriptTest {
    private static final Path FILE = Path.of("src/test/resources/${driver}.txt");

    @Test
    void readsWhatTheRecordedUpsTold() throws IOException {
        var transcript = Transcript.read(FILE);
        var driver = new DeviceDriver(MappingSet.of(DeviceKind.INSTANCE, DeviceKind.shipped()));
        var settings = Settings.of("rack", transcript.port(), driver.options(), transcript.options());
        var links = new TestLinks(Path.of("")).opening(transcript.port(), parameters -> {
            try {
                return new ByteLinkRecorder()
                        .replay(ByteLink.class, transcript.conversation(ByteLink.class, transcript.port()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (Session session = driver.open(settings, links)) {
            TestReport report = new TestReport().poll(session);
            assertThat(report.status()).containsExactly("OB");
            assertThat(report.values())
                    .containsEntry("ups.model", "Model 1000")
                    .containsEntry("input.voltage", "0.0")
                    .containsEntry("battery.voltage", "24.60");
            assertThat(report.commands()).containsExactly("beeper.mute", "test.battery.start");
        }
    }
}
