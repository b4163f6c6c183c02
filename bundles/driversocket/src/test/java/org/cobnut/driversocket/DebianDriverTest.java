package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.testkit.DebianNut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device on the socket of Debian's own dummy-ups, beside Debian's upsd. */
class DebianDriverTest {
    private final SocketEventLoop loop = new SocketEventLoop();
    private final BlockingQueue<Snapshot> changes = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    private DebianNut debian;
    private RemoteDevice device;

    @BeforeEach
    void start() throws Exception {
        debian = new DebianNut(directory)
                .device("demo", "ups.status: OL\nups.id: first\nbattery.charge: 50\nups.test: say \\\"hi\\\" \\#1\n")
                .start();
        device = new RemoteDevice(
                new SocketSection.Lines("demo", "dummy-ups", "", false, ""),
                () -> debian.stateDir().resolve("dummy-ups-demo"),
                false,
                loop,
                Clocks.system(),
                Duration.ofSeconds(15)::toNanos,
                new RemoteDevice.Stage() {
                    @Override
                    public void show(RemoteDevice shown) {}

                    @Override
                    public void changed(Snapshot before, Snapshot after) {
                        changes.add(after);
                    }
                });
        loop.everySecond(device::tick);
    }

    @AfterEach
    void stop() {
        device.close();
        loop.stop();
        debian.close();
    }

    @Test
    void showsWhatTheDriverTellsSetsItAndRunsItsCommands() throws Exception {
        Snapshot first = await(DebianDriverTest::fresh);
        assertThat(first.value("ups.status")).contains("OL");
        assertThat(first.value("ups.test")).contains("say \"hi\" #1");
        assertThat(first.value("driver.name")).contains("dummy-ups");
        assertThat(first.commands()).contains("load.off");
        assertThat(first.variables().get("ups.id").type().writable()).isTrue();

        assertThat(set("ups.id", "second").code()).isEqualTo(Outcome.Code.HANDLED);
        await(now -> now.value("ups.id").orElseThrow().equals("second"));
        String odd = "a \"b\" c\\d #e";
        assertThat(set("ups.id", odd).code()).isEqualTo(Outcome.Code.HANDLED);
        await(now -> now.value("ups.id").orElseThrow().equals(odd));
        assertThat(device.run("load.off", "")
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .code())
                .isEqualTo(Outcome.Code.UNKNOWN);
    }

    @Test
    void aDriverThatEndsIsGoneAtOnceAndBackWhenItIs() throws Exception {
        await(DebianDriverTest::fresh);
        debian.stopDriver("demo");
        Snapshot gone = await(now -> now.variables().isEmpty());
        assertThat(gone.health()).isInstanceOf(Health.Reconnecting.class);
        assertThat(set("ups.id", "x").code()).isEqualTo(Outcome.Code.FAILED);
        debian.startDriver("demo");
        await(DebianDriverTest::fresh);
    }

    private static boolean fresh(Snapshot now) {
        return now.health() instanceof Health.Fresh;
    }

    private Outcome set(String variable, String value) throws Exception {
        return device.set(variable, value).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Snapshot await(Predicate<Snapshot> wanted) throws InterruptedException {
        while (true) {
            Snapshot next = changes.poll(30, TimeUnit.SECONDS);
            assertThat(next)
                    .as("a change that is wanted; the device is %s", device.snapshot())
                    .isNotNull();
            if (wanted.test(next)) return next;
        }
    }
}
