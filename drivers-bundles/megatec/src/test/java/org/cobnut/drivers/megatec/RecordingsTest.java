package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Status answers that real devices gave; read from beside the checkout, where they are. */
class RecordingsTest {
    private static final Path FOLDER = Path.of("../../../shared/data/megatec");

    @Test
    void readsEveryRecordedStatus() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no recordings here");
        List<String> answers = recorded();
        assertThat(answers).isNotEmpty();
        for (String answer : answers) {
            var link = new Transcript();
            link.answer("Q1\r", answer + "\r");
            var report = Bench.poll(Bench.qx(link, "protocol = q1"));
            assertThat(report.status()).as(answer).containsAnyOf("OL", "OB");
            assertThat(report.values())
                    .as(answer)
                    .containsEntry("input.voltage", answer.substring(1, 6))
                    .containsKeys("ups.load", "battery.voltage", "ups.temperature", "ups.type");
        }
    }

    /** Lines with a whole status answer, whoever asked for it and over whatever bridge. */
    private static List<String> recorded() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.flatMap(RecordingsTest::lines)
                    .filter(line -> line.matches(".*[>] \\([0-9. ]{37}[01]{8}"))
                    .map(line -> line.substring(line.indexOf('(')))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
