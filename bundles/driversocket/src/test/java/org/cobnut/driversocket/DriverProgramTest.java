package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program of one driver hears of its socket. */
class DriverProgramTest {
    private final SocketEventLoop loop = new SocketEventLoop();
    private final Gadget gadget = new Gadget();
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final DriverProgram alone =
            new DriverProgram(() -> heard.add("listening"), () -> heard.add("failed"), () -> heard.add("done"));

    @TempDir
    private Path directory;

    @AfterEach
    void stop() throws Exception {
        loop.stop();
    }

    @Test
    void hearsOfItOnceItIsThere() throws Exception {
        begin();
        assertThat(next()).isEqualTo("listening");
        try (var client = new Client(socket())) {
            client.say("PING\n");
            assertThat(client.line()).isEqualTo("PONG");
            client.say("INSTCMD driver.exit TRACKING 1\n");
            assertThat(next()).isEqualTo("done");
        }
    }

    @Test
    void failsWhereAnotherProgramServes() throws Exception {
        try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket()));
            begin();
            assertThat(next()).isEqualTo("failed");
        }
    }

    @Test
    void failsWhereAFileIsInTheWay() throws Exception {
        Files.writeString(socket(), "precious");
        begin();
        assertThat(next()).isEqualTo("failed");
        assertThat(socket()).hasContent("precious");
    }

    /** NUT's three ways to have the files read, where an edit needs a new start, and where it is refused. */
    @Test
    void readsTheFilesAnew() throws Exception {
        assertThat(order("driver.reload-or-error")).isEqualTo(Outcome.Code.FAILED); // nobody reads files here
        alone.reload(List::of);
        for (var word : List.of("driver.reload", "Driver.Reload-or-Error", "driver.reload-or-exit"))
            assertThat(order(word)).as(word).isEqualTo(Outcome.Code.HANDLED);
        var refusals = new Semaphore(0);
        alone.reload(() -> {
            refusals.release();
            throw new IOException("ups.conf:1: no");
        });
        assertThat(order("driver.reload-or-error")).isEqualTo(Outcome.Code.FAILED);
        alone.readOrExit();
        assertThat(refusals.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).isEmpty();
        alone.reload(() -> List.of("ups.conf: user"));
        assertThat(order("driver.reload-or-error")).isEqualTo(Outcome.Code.FAILED);
        assertThat(heard).isEmpty();
        assertThat(order("driver.reload-or-exit")).isEqualTo(Outcome.Code.HANDLED);
        assertThat(next()).isEqualTo("done");
        assertThat(alone.order("load.off")).isEmpty();
    }

    private Outcome.Code order(String command) throws Exception {
        return alone.order(command)
                .orElseThrow()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .code();
    }

    @Test
    void hasServedOnceAndGoesOn() {
        alone.listens();
        assertThat(alone.fails("no socket now")).isFalse();
        assertThat(heard).containsExactly("listening");
    }

    private Path socket() {
        return directory.resolve("gadget-test");
    }

    private void begin() {
        gadget.says(Gadget.snapshot(new Health.Fresh(), "ups.status", "OL"));
        var section = new SocketSection.Lines("test", "gadget", "", false, "");
        var offer = new DeviceSocket(section, socket(), gadget, loop, Clocks.system(), alone);
        loop.thread().execute(offer::tick);
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
    }
}
