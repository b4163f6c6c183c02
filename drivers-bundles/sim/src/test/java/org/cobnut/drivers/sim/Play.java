package org.cobnut.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.cobnut.driver.Due;
import org.cobnut.model.Names;
import org.cobnut.model.Variable;
import org.cobnut.testkit.TestReport;

/**
 * A transcript of a device from a file. {@code | line} is the file, written anew by {@code save}; {@code open MODE}, {@code poll},
 * {@code wait SECONDS}, {@code set NAME VALUE}, {@code delete} happen; lines with two blanks are what a poll brought: the
 * variables that are others than at the poll before ({@code - name} is one gone), then status, alarms and the wish for the next poll.
 */
final class Play {
    private final Path file;
    private final List<String> lines = new ArrayList<>();
    private final TestReport report = new TestReport();
    private final TreeMap<String, String> before = new TreeMap<>(Names.ORDER);
    private Optional<FileSession> session = Optional.empty();
    private long now = Long.MAX_VALUE - 5_000_000_000L; // wraps around, as System.nanoTime may
    private int saves;

    Play(Path file) {
        this.file = file;
        before.put("ups.mfr", "Dummy Manufacturer");
        before.put("ups.model", "Dummy UPS");
    }

    /** Plays what the transcript does, and expects it to say what the transcript says. */
    void expect(String transcript) throws IOException {
        var played = new StringBuilder();
        for (String line : transcript.lines().toList()) {
            if (line.startsWith("  ")) continue;
            played.append(line).append('\n');
            act(line, played);
        }
        assertThat(played.toString()).isEqualTo(transcript);
    }

    private void act(String line, StringBuilder played) throws IOException {
        if (line.startsWith("|")) {
            lines.add(line.substring(Math.min(2, line.length())));
            return;
        }
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "save" -> save();
            case "open" -> open(words[1]);
            case "poll" -> poll(played);
            case "wait" -> now += TimeUnit.SECONDS.toNanos(Long.parseLong(words[1]));
            case "set" -> session.orElseThrow().set(words[1], words.length > 2 ? words[2] : "");
            case "delete" -> Files.delete(file);
            case "truncate" -> Files.write(file, new byte[0]);
            case "folder" -> Files.createDirectory(file);
            default -> throw new IllegalArgumentException(line);
        }
    }

    private void open(String mode) throws IOException {
        save();
        before.put(DummyUps.MODE, mode);
        session = Optional.of(new FileSession("test", file, Mode.of(Optional.of(mode), ""), () -> now));
    }

    private void save() throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + saves++)));
        lines.clear();
    }

    private void poll(StringBuilder played) {
        session.orElseThrow().poll(report.next(), Due.FULL);
        for (Variable variable : report.variables().values())
            if (!variable.name().equals("ups.status")
                    && !variable.value().equals(before.put(variable.name(), variable.value())))
                say(played, variable.name() + ": " + variable.value());
        before.keySet().removeIf(name -> {
            boolean gone = !report.variables().containsKey(name);
            if (gone) say(played, "- " + name);
            return gone;
        });
        say(played, ("status " + String.join(" ", report.status())).trim());
        report.alarms().forEach(alarm -> say(played, "alarm " + alarm));
        report.stale().ifPresent(reason -> say(played, "stale"));
        report.again().ifPresent(delay -> say(played, "again " + delay.toSeconds()));
    }

    private static void say(StringBuilder played, String line) {
        played.append("  ").append(line).append('\n');
    }
}
