package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Outcome;
import org.cobnut.model.Range;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.testkit.DebianNut;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device of ours on the socket at which Debian's own upsd looks for its driver. */
class DebianServerTest {
    private static final String ODD = "a \"b\" #1 C:\\dir\\";

    private final SocketEventLoop loop = new SocketEventLoop();
    private final Gadget gadget = new Gadget();

    @TempDir
    private Path directory;

    private DebianNut debian;
    private DeviceSocket offer;

    @BeforeEach
    void start() throws Exception {
        debian = new DebianNut(directory)
                .section("test", "driver = gadget\nport = x\ndesc = \"ours\"")
                .users("[admin]\npassword = sesame\nactions = SET\ninstcmds = ALL\n")
                .start();
        gadget.says(device("OL", ODD));
        var section = new SocketSection.Lines("test", "gadget", "", false, "");
        offer = new DeviceSocket(
                section, debian.stateDir().resolve("gadget-test"), gadget, loop, Clocks.system(), null);
        loop.everySecond(offer::tick);
    }

    @AfterEach
    void stop() {
        loop.thread().execute(offer::close);
        loop.stop();
        debian.close();
    }

    @Test
    void debiansServerShowsSetsAndRunsWhatIsOurs() throws Exception {
        try (var upsd = connect()) {
            await(upsd, "GET VAR test ups.status", "VAR test ups.status \"OL\"");
            await(upsd, "GET VAR test ups.id", "VAR test ups.id \"a \\\"b\\\" \\#1 C:\\\\dir\\\\\"");
            assertThat(upsd.ask("GET TYPE test ups.id")).isEqualTo("TYPE test ups.id RW STRING:32");
            assertThat(upsd.ask("GET TYPE test battery.low")).isEqualTo("TYPE test battery.low RW RANGE NUMBER");
            assertThat(upsd.ask("GET TYPE test ups.beeper")).isEqualTo("TYPE test ups.beeper RW ENUM NUMBER");
            assertThat(upsd.ask("GET TYPE test ups.status")).isEqualTo("TYPE test ups.status NUMBER");

            change(device("OB LB", "\\"));
            await(upsd, "GET VAR test ups.status", "VAR test ups.status \"OB LB\"");
            await(upsd, "GET VAR test ups.id", "VAR test ups.id \"\\\\\"");

            change(gadget.snapshot().with(new Health.Stale(Instant.EPOCH, "")));
            await(upsd, "GET VAR test ups.status", "ERR DATA-STALE");
            change(gadget.snapshot().with(new Health.Fresh()));
            await(upsd, "GET VAR test ups.status", "VAR test ups.status \"OB LB\"");

            loop.thread().execute(offer::close);
            await(upsd, "GET VAR test ups.status", "ERR DRIVER-NOT-CONNECTED");
        }
    }

    @Test
    void ordersOfDebiansClientsAreFollowedToTheirEnd() throws Exception {
        try (var upsd = connect()) {
            await(upsd, "GET VAR test ups.status", "VAR test ups.status \"OL\"");
        }
        String[] login = {"-u", "admin", "-p", "sesame"};
        assertThat(debian.client("upsc", debian.ups("test"))).contains("battery.low: 20\n");
        assertThat(debian.client("upscmd", "-l", debian.ups("test"))).contains("load.off");
        assertThat(debian.client(
                        "upsrw", "-s", "ups.id=some words", login[0], login[1], login[2], login[3], debian.ups("test")))
                .contains("OK");
        answerNext("set ups.id to <some words>", Outcome.handled());
        var followed = ordering("upscmd", "-w", login[0], login[1], login[2], login[3], debian.ups("test"), "load.off");
        answerNext("run load.off with <>", Outcome.handled());
        assertThat(followed.get(30, TimeUnit.SECONDS)).contains("SUCCESS");
        followed =
                ordering("upsrw", "-w", "-s", "ups.id=x", login[0], login[1], login[2], login[3], debian.ups("test"));
        answerNext("set ups.id to <x>", Outcome.invalid("no"));
        assertThat(followed.get(30, TimeUnit.SECONDS)).contains("INVALID-ARGUMENT");
    }

    /** A server with no driver to wait for is started, but perhaps not there yet. */
    private Line connect() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return new Line(debian.port());
            } catch (ConnectException notYet) {
                pause(end);
            }
        }
    }

    private CompletableFuture<String> ordering(String program, String... arguments) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return debian.client(program, arguments);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void answerNext(String order, Outcome outcome) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!gadget.waits()) pause(end);
        assertThat(gadget.asked).last().isEqualTo(order);
        gadget.answer(outcome);
    }

    private void change(Snapshot now) {
        gadget.says(now);
        offer.changed(now);
    }

    private static void await(Line upsd, String request, String answer) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        for (String now = upsd.ask(request); !now.equals(answer); now = upsd.ask(request)) {
            assertThat(System.nanoTime()).as("still %s", now).isLessThan(end);
            pause(end);
        }
    }

    private static void pause(long end) {
        assertThat(System.nanoTime()).as("time is up").isLessThan(end);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    private static Snapshot device(String status, String id) {
        var variables = new TreeMap<String, Variable>(Names.ORDER);
        put(variables, "ups.status", status, VarType.READ_ONLY);
        put(variables, "ups.id", id, VarType.text(32));
        put(variables, "ups.beeper", "on", VarType.choice("on", "off"));
        put(variables, "battery.low", "20", VarType.number(10, 50).plus(new Range(50, 60)));
        var commands = new TreeSet<>(Names.ORDER);
        commands.add("load.off");
        return new Snapshot(Instant.EPOCH, new Health.Fresh(), variables, commands);
    }

    private static void put(Map<String, Variable> variables, String name, String value, VarType type) {
        variables.put(name, new Variable(name, value, type));
    }
}
