package org.cobnut.conf.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cobnut.conf.files.NutFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody kills the process while it writes a file back: the file is the old one or the new one. */
class KillTest {
    private static final int KILLS = Boolean.getBoolean("cobnut.long") ? 1000 : 20;
    private static final long SEED = 20261123;
    private static final Pattern NUMBER = Pattern.compile("(?:= |port = n)(\\d+)");
    private static final String HEAD = "# Written by hand, and never to be lost\n[other]\n\tdriver = x\n\tport = y\n\n";

    @TempDir
    Path directory;

    @Test
    @Timeout(900)
    void theFileIsOldOrNewAndNeverMixed() throws Exception {
        var random = new Random(SEED);
        var file = directory.resolve("ups.conf");
        Files.writeString(file, HEAD + "[big]\n\tdriver = dummy-ups\n\tport = n0\n" + lines(0));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        var seen = new TreeSet<String>();
        for (int i = 0; i < KILLS; i++) {
            killSoon(random.nextInt(20_000), (i + 1) * 10_000);
            String text = Files.readString(file);
            assertThat(text).startsWith(HEAD);
            var numbers =
                    NUMBER.matcher(text).results().map(match -> match.group(1)).toList();
            assertThat(numbers).as("kill %d", i).hasSize(StoreLoop.LINES + 1);
            assertThat(new TreeSet<>(numbers)).as("kill %d", i).hasSize(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-r-----");
            seen.add(numbers.get(0));
        }
        assertThat(seen).as("writes were under way").hasSizeGreaterThan(KILLS / 10);
        new NutPersistence(new NutFiles(directory));
        try (var files = Files.list(directory)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .as("halves that were left are swept away at the next start")
                    .containsExactly("ups.conf");
        }
    }

    private void killSoon(int micros, int number) throws Exception {
        var process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreLoop.class.getName(),
                        directory.toString(),
                        Integer.toString(number)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.getInputStream().read()).as("it has begun").isEqualTo('!');
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
        } finally {
            process.destroyForcibly(); // kill -9
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static String lines(int number) {
        return IntStream.range(0, StoreLoop.LINES)
                .mapToObj(line -> "\tline" + line + " = " + number + "\n")
                .collect(Collectors.joining());
    }
}
