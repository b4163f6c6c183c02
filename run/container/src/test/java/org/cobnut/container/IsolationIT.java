package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cobnut.container.Both.Maker;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** isolation = process: what happens to one driver's process is nobody else's business. */
class IsolationIT {
    private static final String FRESH = "\"OL\"";

    @TempDir
    private Path directory;

    private Both nut;
    private int port;
    private Process run;

    @BeforeEach
    void start() throws IOException {
        port = Distribution.freePort();
        nut = new Both(directory)
                .file("nut.conf", "MODE=standalone\n")
                .file("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nMAXAGE 8\n")
                .file("upsd.users", "")
                .file("demo.dev", "ups.status: OL\n")
                .file("ups.conf", """
                        [apart]
                        driver = dummy-ups
                        port = demo.dev
                        isolation = process
                        [other]
                        driver = dummy-ups
                        port = demo.dev
                        """);
        run = nut.builder(Maker.COBNUT, "cobnut", "run")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        await("both are fresh", () -> fresh("apart") && fresh("other"));
    }

    @AfterEach
    void end() {
        var children = run.descendants().toList();
        Both.end(run.toHandle());
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aKilledDriverComesBackAndNobodyElseNotices() {
        var first = child();
        awaitListed(first);
        first.destroyForcibly();
        await("another process", () -> run.children().anyMatch(child -> child.pid() != first.pid()));
        await("it serves again", () -> {
            assertThat(fresh("other")).isTrue();
            return fresh("apart");
        });
        awaitListed(child());
    }

    /** Whoever looks for a driver's process finds it in the list, and none where it has none. */
    private void awaitListed(ProcessHandle process) {
        await("process " + process.pid() + " in the list", () -> {
            var list = list();
            assertThat(list).doesNotContainPattern("(?m)^other .*process");
            return list.matches("(?s).*\\bapart +dummy-ups +OL +fresh \\(process " + process.pid() + "\\)\n.*");
        });
    }

    private String list() {
        try {
            return nut.run(Maker.COBNUT, "nutctl", "list").out();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Stopped, its process lives and does nothing: neither its own threads nor the kernel will help it. */
    @Test
    void aHangingDriverIsReplaced() throws Exception {
        var first = child();
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + first.pid())
                        .start()
                        .waitFor())
                .isZero();
        await("it is ended", () -> {
            assertThat(fresh("other")).isTrue();
            return !first.isAlive();
        });
        await("another serves", () -> fresh("apart"));
    }

    @Test
    void noDriverOutlivesItsRuntime() throws Exception {
        var child = child();
        Both.end(run.toHandle());
        assertThat(child.onExit().get(40, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    private ProcessHandle child() {
        return run.children().findFirst().orElseThrow();
    }

    private boolean fresh(String ups) {
        try (var client = new Line(port)) {
            return ("VAR " + ups + " ups.status " + FRESH).equals(client.ask("GET VAR " + ups + " ups.status"));
        } catch (IOException notYet) {
            return false;
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> "waiting: " + what + "\n" + log())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
