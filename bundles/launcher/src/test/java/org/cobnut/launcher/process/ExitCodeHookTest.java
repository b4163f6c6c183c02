package org.cobnut.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExitCodeHookTest {
    @Test
    void stopsInOrderWhatASignalEndsThatCameBeforeItsHandler() throws Exception {
        assertThat(run("signalled")).isEqualTo("stopped\nexit 143");
    }

    @Test
    void saysThatNothingMayBeginWhereTheEndHasBegun() throws Exception {
        assertThat(run("ending")).isEqualTo("false\nexit 143");
    }

    @Test
    void failsWhereCodeInsideEndsIt() throws Exception {
        assertThat(run("inside"))
                .isEqualTo("program: ended from inside, by %s in thread main; it exits with 1%nexit 1"
                        .formatted(Ended.class.getName()));
    }

    private static String run(String how) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ended.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return said + "exit " + process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that ends in the one way or the other, Java's own handler of TERM being the only one. */
    static final class Ended {
        public static void main(String[] arguments) throws InterruptedException {
            switch (arguments[0]) {
                case "signalled" -> {
                    over();
                    end();
                }
                case "ending" -> {
                    var ending = new CountDownLatch(1);
                    var asked = new CountDownLatch(1);
                    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                        ending.countDown();
                        await(asked);
                    }));
                    end();
                    await(ending);
                    System.out.println(over());
                    asked.countDown();
                }
                default -> {
                    over();
                    System.exit(0);
                }
            }
            TimeUnit.SECONDS.sleep(30);
        }

        private static boolean over() {
            return ExitCodeHook.over(
                    () -> true,
                    () -> System.out.println("stopped"),
                    LaunchLog.of("program", true, Map.of(), System.err));
        }

        private static void end() throws InterruptedException {
            new NutProcess(ProcessHandle.current().pid(), "java").signal("TERM");
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
