package org.cobnut.upsmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last step, with real scripts in the place of SHUTDOWNCMD. */
class DepartureTest {
    @TempDir
    private Path dir;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> tries = new CopyOnWriteArrayList<>();
    private final Departure departure = new Departure(log::add, Optional.empty(), 20, 1000);

    @AfterEach
    void close() {
        departure.close();
    }

    @Test
    void triesAgainUntilTheCommandWorks() throws Exception {
        Delivery delivery = command("echo x >> tries; test $(wc -l < tries) -ge 4");
        departure.flag(delivery);
        departure.shutdown(delivery, tries::add, () -> log.add("gave up"));
        end();
        assertThat(Files.readAllLines(dir.resolve("tries"))).hasSize(4);
        assertThat(tries).startsWith("SHUTDOWNCMD ended with 1").endsWith("").hasSize(4);
        // On a slow machine it takes longer than it may, which is told, too.
        assertThat(log.stream().filter(line -> !line.startsWith("SHUTDOWNCMD does not end")))
                .hasSize(3)
                .allMatch(line -> line.startsWith("SHUTDOWNCMD ended with 1; trying again in "));
        assertThat(dir.resolve("flag")).hasContent("upsmon-shutdown-file");
    }

    @Test
    void waitsLongerFromTryToTryAndGivesUpInTheEnd() throws Exception {
        Delivery delivery = command("echo x >> tries; exit 3");
        long began = System.nanoTime();
        assertThat(fails(delivery)).isTrue();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isBetween(1000L, 20_000L);
        // 20, 40, 80, 160, 320 and what is left of 1000 ms; on a slow machine fewer.
        assertThat(Files.readAllLines(dir.resolve("tries"))).hasSizeBetween(2, 7);
        assertThat(log).last().isEqualTo("SHUTDOWNCMD ended with 3");
    }

    @Test
    void takesAMendedCommandAtOnceWhileTheOldOneFails() throws Exception {
        try (var patient = new Patient()) {
            patient.departure.shutdown(command("exit 7"), tries::add, () -> log.add("gave up"));
            await(() -> !log.isEmpty());
            patient.departure.renew(mended());
            await(() -> Files.exists(dir.resolve("went")) && tries.contains(""));
            assertThat(log)
                    .containsExactly(
                            "SHUTDOWNCMD ended with 7; trying again in 60 s", "SHUTDOWNCMD is another now, and is run");
        }
    }

    @Test
    void takesAMendedCommandAtOnceWhileTheOldOneHangs() throws Exception {
        try (var patient = new Patient()) {
            patient.departure.shutdown(command("touch began; exec sleep 20"), tries::add, () -> log.add("gave up"));
            await(() -> Files.exists(dir.resolve("began")));
            patient.departure.renew(mended());
            await(() -> Files.exists(dir.resolve("went")) && tries.contains(""));
        }
    }

    @Test
    void goesOnWithACommandThatStaysTheSame() throws Exception {
        try (var patient = new Patient()) {
            Delivery same = command("echo x >> tries; sleep 1");
            patient.departure.shutdown(same, tries::add, () -> log.add("gave up"));
            await(() -> Files.exists(dir.resolve("tries")));
            patient.departure.renew(same);
            await(() -> tries.contains(""));
            assertThat(Files.readAllLines(dir.resolve("tries"))).hasSize(1);
        }
    }

    /** One that waits for a minute between two tries. */
    private final class Patient implements AutoCloseable {
        final Departure departure = new Departure(log::add, Optional.empty(), 60_000, 300_000);

        @Override
        public void close() {
            departure.close();
        }
    }

    private Delivery mended() throws IOException {
        Path mended = Files.writeString(dir.resolve("mended"), "#!/bin/sh\necho mended > " + dir + "/went\n");
        assertThat(mended.toFile().setExecutable(true)).isTrue();
        return delivery(List.of(mended.toString()));
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 3000 && !done.getAsBoolean(); i++)
            new java.util.concurrent.CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        assertThat(done.getAsBoolean()).isTrue();
    }

    @Test
    void everyDepartureIsAnew() throws Exception {
        Delivery delivery = command("test -e flag && echo flagged >> tries; exit 1");
        for (int round = 0; round < 2; round++) {
            departure.flag(delivery);
            assertThat(fails(delivery)).isTrue();
            departure.unflag();
            awaitNoFlag();
        }
        assertThat(Files.readAllLines(dir.resolve("tries")))
                .hasSizeGreaterThan(3)
                .containsOnly("flagged");
        Delivery works = command("test -e flag");
        departure.flag(works);
        departure.shutdown(works, tries::add, () -> log.add("gave up"));
        end();
    }

    @Test
    void aCommandThatIsNotThereFailsLikeAnyOther() throws Exception {
        assertThat(fails(delivery(List.of(dir.resolve("nowhere").toString())))).isTrue();
        assertThat(log).last().isEqualTo("SHUTDOWNCMD ended with 127");
    }

    @Test
    void aCommandThatTakesLongHasNotFailed() throws Exception {
        Delivery delivery = command("sleep 2");
        departure.shutdown(delivery, tries::add, () -> log.add("gave up"));
        end();
        assertThat(log).containsExactly("SHUTDOWNCMD does not end; it is waited for");
    }

    @Test
    void aFlagThatCannotBeWrittenOrIsAnothersFileKeepsNothingUp() throws Exception {
        Path precious = Files.writeString(dir.resolve("flag"), "precious");
        Delivery delivery = command("true");
        departure.flag(delivery);
        departure.shutdown(delivery, tries::add, () -> log.add("gave up"));
        end();
        departure.unflag();
        assertThat(precious).hasContent("precious");
        assertThat(log).contains("Cannot write POWERDOWNFLAG " + precious + ": it holds something else");
    }

    @Test
    void aFlagThatAFullDiskCutIsWrittenAnew() throws Exception {
        Path flag = Files.writeString(dir.resolve("flag"), "upsmon-shut");
        Flag.write(flag);
        assertThat(Flag.set(flag)).isTrue();
        Flag.clear(flag);
        assertThat(flag).doesNotExist();
    }

    private boolean fails(Delivery delivery) throws Exception {
        var failed = new CompletableFuture<Boolean>();
        departure.shutdown(delivery, tries::add, () -> failed.complete(true));
        return failed.get(30, TimeUnit.SECONDS);
    }

    private void end() throws Exception {
        var ended = new CompletableFuture<Boolean>();
        departure.afterwards(() -> ended.complete(true));
        ended.get(30, TimeUnit.SECONDS);
        assertThat(log).doesNotContain("gave up");
    }

    private void awaitNoFlag() throws InterruptedException {
        for (int i = 0; i < 500 && Files.exists(dir.resolve("flag")); i++)
            new java.util.concurrent.CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        assertThat(dir.resolve("flag")).doesNotExist();
    }

    private Delivery command(String lines) throws IOException {
        Path script = Files.writeString(dir.resolve("down"), "#!/bin/sh\ncd " + dir + "\n" + lines + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return delivery(List.of(script.toString()));
    }

    private Delivery delivery(List<String> command) {
        return new Delivery(Map.of(), List.of(), command, Optional.of(dir.resolve("flag")));
    }
}
