package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device of ours on its socket, as a plain program meets it. */
class DeviceSocketTest {
    private static final Health FRESH = new Health.Fresh();

    private final SocketEventLoop loop = new SocketEventLoop();
    private final Gadget gadget = new Gadget();

    @TempDir
    private Path directory;

    private Path socket;
    private DeviceSocket offer;

    @AfterEach
    void stop() throws Exception {
        if (offer != null) loop.thread().execute(offer::close);
        loop.stop();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void answersEveryRequestOfTheProtocol() throws Exception {
        gadget.says(Gadget.snapshot(FRESH, "ups.id", "a \"b\" #1", "ups.status", "OL"));
        offer();
        try (var client = new Client(socket)) {
            client.say("PING\nGETPID\nping\n\nNONSENSE\nDUMPSTATUS\nDUMPVALUE ups.id\nDUMPVALUE none\n");
            assertThat(client.line()).isEqualTo("PONG");
            assertThat(client.line()).isEqualTo("PID " + ProcessHandle.current().pid());
            assertThat(client.line()).isEqualTo("PONG");
            assertThat(client.until("DUMPDONE"))
                    .startsWith("SETINFO ups.status \"OL\"")
                    .hasSize(4);
            assertThat(client.until("DUMPDONE")).startsWith("SETINFO ups.id \"a \\\"b\\\" \\#1\"");
            assertThat(client.until("DUMPDONE")).containsExactly("DUMPDONE");
            client.say("DUMPALL\n");
            assertThat(client.until("DUMPDONE"))
                    .contains("SETINFO ups.status \"OL\"", "SETFLAGS ups.id RW STRING", "ADDCMD load.off")
                    .endsWith("DATAOK", "DUMPDONE");
            client.say("LOGOUT\nPING\n");
            assertThat(client.line()).isEqualTo("OK Goodbye");
            assertThatThrownBy(client::line).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void handsOrdersOnAndFollowsThem() throws Exception {
        gadget.says(Gadget.snapshot(FRESH, "ups.id", "x"));
        offer();
        try (var client = new Client(socket)) {
            client.say("""
                    INSTCMD load.off
                    INSTCMD load.off "5 s"
                    INSTCMD load.off TRACKING id-1
                    INSTCMD load.off "5 s" TRACKING id-2
                    SET ups.id "a \\"b\\" \\#"
                    SET ups.id "" TRACKING id-3
                    SET ups.id
                    INSTCMD
                    SET a b c d e
                    PING
                    """);
            assertThat(client.line()).isEqualTo("PONG");
            assertThat(gadget.asked)
                    .containsExactly(
                            "run load.off with <>",
                            "run load.off with <5 s>",
                            "run load.off with <>",
                            "run load.off with <5 s>",
                            "set ups.id to <a \"b\" #>",
                            "set ups.id to <>");
            gadget.answer(Outcome.handled());
            gadget.answer(Outcome.handled());
            gadget.answer(Outcome.unknown());
            assertThat(client.line()).isEqualTo("TRACKING id-1 1");
            gadget.answer(Outcome.invalid(""));
            assertThat(client.line()).isEqualTo("TRACKING id-2 2");
            gadget.answer(Outcome.handled());
            gadget.answer(new Outcome(Outcome.Code.CONVERSION_FAILED, ""));
            assertThat(client.line()).isEqualTo("TRACKING id-3 4");
            for (int i = 0; i < ServerConnection.MOST; i++) client.say("INSTCMD load.off\n");
            client.say("INSTCMD load.off TRACKING more\n");
            assertThat(client.line()).isEqualTo("TRACKING more 3");
        }
    }

    @Test
    void tellsOfChangesWhomeverDoesNotForbidIt() throws Exception {
        gadget.says(Gadget.snapshot(FRESH, "ups.id", "x", "ups.status", "OL"));
        offer();
        try (var client = new Client(socket);
                var quiet = new Client(socket)) {
            quiet.say("NOBROADCAST\nPING\n");
            assertThat(quiet.line()).isEqualTo("PONG");
            client.say("PING\n");
            assertThat(client.line()).isEqualTo("PONG");
            change(Gadget.snapshot(FRESH, "ups.load", "\"1\"", "ups.status", "ol"));
            assertThat(client.until("SETINFO ups.status \"ol\""))
                    .contains("DELINFO ups.id", "SETINFO ups.load \"\\\"1\\\"\"");
            change(gadget.snapshot().with(new Health.Stale(Instant.EPOCH, "")));
            assertThat(client.line()).isEqualTo("DATASTALE");
            client.say("DUMPALL\n");
            assertThat(client.until("DUMPDONE")).startsWith("DATASTALE").doesNotContain("DATAOK");
            change(gadget.snapshot().with(FRESH));
            assertThat(client.line()).isEqualTo("DATAOK");

            quiet.say("BROADCAST 0\nPING\nBROADCAST\n");
            assertThat(quiet.line()).isEqualTo("PONG");
            quiet.say("PING\n");
            assertThat(quiet.line()).isEqualTo("PONG");
            change(Gadget.snapshot(FRESH, "ups.status", "OB"));
            assertThat(quiet.until("SETINFO ups.status \"OB\"")).contains("DELINFO ups.id");
        }
    }

    @Test
    void aShortLossIsNoReasonToTellOfIt() throws Exception {
        gadget.says(Gadget.snapshot(FRESH, "ups.status", "OL"));
        offer();
        try (var client = new Client(socket)) {
            client.say("PING\n");
            assertThat(client.line()).isEqualTo("PONG");
            change(gadget.snapshot().with(new Health.Reconnecting(Instant.EPOCH, "no answer", Instant.EPOCH)));
            client.say("DUMPALL\n");
            assertThat(client.until("DUMPDONE")).contains("DATAOK");
            assertThat(client.line()).as("after a while").isEqualTo("DATASTALE");
            change(gadget.snapshot().with(FRESH));
            assertThat(client.line()).isEqualTo("DATAOK");
        }
    }

    @Test
    void listensFromTheFirstReadingOnAndOnlyForItsOwnerAndGroup() throws Exception {
        start();
        assertThat(socket).doesNotExist();
        change(Gadget.snapshot(FRESH, "ups.status", "OL"));
        await(() -> Files.exists(socket));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void replacesTheSocketOfADeadProcessAndLeavesThatOfALivingOneUntilItDies() throws Exception {
        gadget.says(Gadget.snapshot(FRESH, "ups.status", "OL"));
        socket = directory.resolve("gadget-test");
        var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        start();
        try (var visit = other.accept()) {
            assertThat(visit.isConnected()).isTrue();
            other.close(); // the file stays
        }
        offerAwaited();
    }

    @Test
    void aFileThatIsNoSocketIsNotTouched() throws Exception {
        gadget.says(Gadget.snapshot(FRESH, "ups.status", "OL"));
        socket = Files.writeString(directory.resolve("gadget-test"), "precious");
        start();
        Path other = directory.resolve("gadget-other");
        var second = new DeviceSocket(
                new SocketSection.Lines("other", "gadget", "", false, ""), other, gadget, loop, Clocks.system(), null);
        loop.everySecond(second::tick);
        await(() -> Files.exists(other)); // by then the first has tried, too
        assertThat(socket).hasContent("precious");
        loop.thread().execute(second::close);
        Files.delete(socket);
        offerAwaited();
    }

    @Test
    void aPeerThatDoesNotReadCostsOnlyItsOwnReplies() throws Exception {
        gadget.says(Gadget.snapshot(FRESH, "ups.id", "x".repeat(500), "ups.status", "OL"));
        offer();
        try (var greedy = new Client(socket);
                var other = new Client(socket)) {
            long taken = greedy.flood("DUMPALL\n".repeat(100), 64L << 20);
            assertThat(taken).as("of 64 MiB of requests").isLessThan(8L << 20);
            for (int i = 0; i < 1000; i++) change(Gadget.snapshot(FRESH, "ups.status", "OL " + i));
            other.say("DUMPSTATUS\n");
            assertThat(other.until("DUMPDONE")).contains("SETINFO ups.status \"OL 999\"");
            for (long left = taken / "DUMPALL\n".length(); left > 0; left--) greedy.until("DUMPDONE");
        }
    }

    private void offer() throws Exception {
        start();
        offerAwaited();
    }

    private void start() {
        socket = directory.resolve("gadget-test");
        var section = new SocketSection.Lines("test", "gadget", "", false, "");
        offer = new DeviceSocket(section, socket, gadget, loop, Clocks.system(), null);
        loop.everySecond(offer::tick);
    }

    private void offerAwaited() throws Exception {
        await(() -> {
            try (var client = new Client(socket)) {
                client.say("PING\n");
                return client.line().equals("PONG");
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private void change(Snapshot now) {
        gadget.says(now);
        offer.changed(now);
    }

    private static void await(BooleanSupplier claim) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!claim.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
