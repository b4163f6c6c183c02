package org.cobnut.upsmon.shutdown;

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
import org.cobnut.upsmon.config.EffectSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last step, with real scripts in the place of SHUTDOWNCMD. */
class ShutdownExecutorTest {
    @TempDir
    private Path dir;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> tries = new CopyOnWriteArrayList<>();
    private final ShutdownExecutor shutdownExecutor = new ShutdownExecutor(log::add, Optional.empty(), 20, 1000);

    @AfterEach
    void close() {
        shutdownExecutor.close();
    }

    @Test
    void triesAgainUntilTheCommandWorks() throws Exception {
        EffectSettings effectSettings = command("echo x >> tries; test $(wc -l < tries) -ge 4");
        shutdownExecutor.flag(effectSettings);
        shutdownExecutor.shutdown(effectSettings, tries::add, () -> log.add("gave up"));
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
        EffectSettings effectSettings = command("echo x >> tries; exit 3");
        long began = System.nanoTime();
        assertThat(fails(effectSettings)).isTrue();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isBetween(1000L, 20_000L);
        // 20, 40, 80, 160, 320 and what is left of 1000 ms; on a slow machine fewer.
        assertThat(Files.readAllLines(dir.resolve("tries"))).hasSizeBetween(2, 7);
        assertThat(log).last().isEqualTo("SHUTDOWNCMD ended with 3");
    }

    @Test
    void takesAMendedCommandAtOnceWhileTheOldOneFails() throws Exception {
        try (var patient = new Patient()) {
            patient.shutdownExecutor.shutdown(command("exit 7"), tries::add, () -> log.add("gave up"));
            await(() -> !log.isEmpty());
            patient.shutdownExecutor.renew(mended());
            await(() -> Files.exists(dir.resolve("went")) && tries.contains(""));
            assertThat(log)
                    .containsExactly(
                            "SHUTDOWNCMD ended with 7; trying again in 60 s",
                            "SHUTDOWNCMD has changed: the new one runs");
        }
    }

    @Test
    void takesAMendedCommandAtOnceWhileTheOldOneHangs() throws Exception {
        try (var patient = new Patient()) {
            patient.shutdownExecutor.shutdown(
                    command("touch began; exec sleep 20"), tries::add, () -> log.add("gave up"));
            await(() -> Files.exists(dir.resolve("began")));
            patient.shutdownExecutor.renew(mended());
            await(() -> Files.exists(dir.resolve("went")) && tries.contains(""));
        }
    }

    @Test
    void goesOnWithACommandThatStaysTheSame() throws Exception {
        try (var patient = new Patient()) {
            EffectSettings same = command("echo x >> tries; sleep 1");
            patient.shutdownExecutor.shutdown(same, tries::add, () -> log.add("gave up"));
            await(() -> Files.exists(dir.resolve("tries")));
            patient.shutdownExecutor.renew(same);
            await(() -> tries.contains(""));
            assertThat(Files.readAllLines(dir.resolve("tries"))).hasSize(1);
        }
    }

    /** One that waits for a minute between two tries. */
    private final class Patient implements AutoCloseable {
        final ShutdownExecutor shutdownExecutor = new ShutdownExecutor(log::add, Optional.empty(), 60_000, 300_000);

        @Override
        public void close() {
            shutdownExecutor.close();
        }
    }

    private EffectSettings mended() throws IOException {
        Path mended = Files.writeString(dir.resolve("mended"), "#!/bin/sh\necho mended > " + dir + "/went\n");
        assertThat(mended.toFile().setExecutable(true)).isTrue();
        return effectSettings(List.of(mended.toString()));
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        for (int i = 0; i < 3000 && !done.getAsBoolean(); i++)
            new java.util.concurrent.CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        assertThat(done.getAsBoolean()).isTrue();
    }

    @Test
    void everyDepartureIsAnew() throws Exception {
        EffectSettings effectSettings = command("test -e flag && echo flagged >> tries; exit 1");
        for (int round = 0; round < 2; round++) {
            shutdownExecutor.flag(effectSettings);
            assertThat(fails(effectSettings)).isTrue();
            shutdownExecutor.unflag();
            awaitNoFlag();
        }
        assertThat(Files.readAllLines(dir.resolve("tries")))
                .hasSizeGreaterThan(3)
                .containsOnly("flagged");
        EffectSettings works = command("test -e flag");
        shutdownExecutor.flag(works);
        shutdownExecutor.shutdown(works, tries::add, () -> log.add("gave up"));
        end();
    }

    @Test
    void aCommandThatIsNotThereFailsLikeAnyOther() throws Exception {
        assertThat(fails(effectSettings(List.of(dir.resolve("nowhere").toString()))))
                .isTrue();
        assertThat(log).last().isEqualTo("SHUTDOWNCMD ended with 127");
    }

    @Test
    void aCommandThatTakesLongHasNotFailed() throws Exception {
        EffectSettings effectSettings = command("sleep 2");
        shutdownExecutor.shutdown(effectSettings, tries::add, () -> log.add("gave up"));
        end();
        assertThat(log).containsExactly("SHUTDOWNCMD does not end; upsmon waits for it");
    }

    @Test
    void aFlagThatCannotBeWrittenOrIsAnothersFileKeepsNothingUp() throws Exception {
        Path precious = Files.writeString(dir.resolve("flag"), "precious");
        EffectSettings effectSettings = command("true");
        shutdownExecutor.flag(effectSettings);
        shutdownExecutor.shutdown(effectSettings, tries::add, () -> log.add("gave up"));
        end();
        shutdownExecutor.unflag();
        assertThat(precious).hasContent("precious");
        assertThat(log).contains("Cannot write POWERDOWNFLAG " + precious + ": it holds something else");
    }

    @Test
    void aFlagThatAFullDiskCutIsWrittenAnew() throws Exception {
        Path flag = Files.writeString(dir.resolve("flag"), "upsmon-shut");
        PowerdownFlag.write(flag);
        assertThat(PowerdownFlag.set(flag)).isTrue();
        PowerdownFlag.clear(flag);
        assertThat(flag).doesNotExist();
    }

    private boolean fails(EffectSettings effectSettings) throws Exception {
        var failed = new CompletableFuture<Boolean>();
        shutdownExecutor.shutdown(effectSettings, tries::add, () -> failed.complete(true));
        return failed.get(30, TimeUnit.SECONDS);
    }

    private void end() throws Exception {
        var ended = new CompletableFuture<Boolean>();
        shutdownExecutor.afterwards(() -> ended.complete(true));
        ended.get(30, TimeUnit.SECONDS);
        assertThat(log).doesNotContain("gave up");
    }

    private void awaitNoFlag() throws InterruptedException {
        for (int i = 0; i < 500 && Files.exists(dir.resolve("flag")); i++)
            new java.util.concurrent.CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        assertThat(dir.resolve("flag")).doesNotExist();
    }

    private EffectSettings command(String lines) throws IOException {
        Path script = Files.writeString(dir.resolve("down"), "#!/bin/sh\ncd " + dir + "\n" + lines + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return effectSettings(List.of(script.toString()));
    }

    private EffectSettings effectSettings(List<String> command) {
        return new EffectSettings(Map.of(), List.of(), command, Optional.of(dir.resolve("flag")));
    }
}
