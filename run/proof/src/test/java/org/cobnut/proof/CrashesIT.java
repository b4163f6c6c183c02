package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.cobnut.proof.Pair.Maker;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server and a driver end, are killed, read their files anew and change hands, one event after another. The data come
 * back by themselves each time, and whoever talks with the one that stays notices no more than that.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashesIT {
    private static final String STATUS = "GET VAR demo ups.status";

    /** What may happen. */
    private enum Event {
        DRIVER_ENDS,
        SERVER_IS_KILLED,
        DRIVER_IS_RELOADED,
        DRIVER_CHANGES_HANDS,
        SERVER_IS_RELOADED,
        BOTH_ARE_KILLED,
        DRIVER_IS_KILLED,
        SERVER_ENDS,
        SERVER_CHANGES_HANDS,
        DRIVER_IS_PUSHED_ASIDE
    }

    /** Those of every day's proof; a daemon that is gone is not free at once everywhere, and so each costs seconds. */
    private static final List<Event> CORE =
            List.of(Event.DRIVER_IS_KILLED, Event.SERVER_IS_RELOADED, Event.DRIVER_IS_RELOADED, Event.SERVER_IS_KILLED);

    private static Stream<Pair> pairs() throws IOException {
        Assumptions.assumeTrue(Pair.possible(), "the distribution is not built, or Debian's NUT not installed");
        return Stream.of(new Pair(Maker.OURS, Maker.DEBIANS), new Pair(Maker.DEBIANS, Maker.OURS));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("pairs")
    void dataComeBackAfterTheWorst(Pair pair) throws IOException {
        live(pair, CORE);
    }

    private static Stream<Pair> all() throws IOException {
        return Stream.concat(
                pairs(), Stream.of(new Pair(Maker.OURS, Maker.OURS), new Pair(Maker.DEBIANS, Maker.DEBIANS)));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("all")
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void eachEventAfterEachOther(Pair pair) throws IOException {
        live(pair, everyPairOf(Event.values()));
    }

    /** The shortest order in which each follows each, itself too (de Bruijn). */
    private static List<Event> everyPairOf(Event... events) {
        var order = new ArrayList<Event>();
        for (int i = 0; i < events.length; i++) {
            order.add(events[i]);
            for (int j = i + 1; j < events.length; j++) Collections.addAll(order, events[i], events[j]);
        }
        order.add(events[0]);
        return order;
    }

    @Test
    void theOrderHasEachEventAfterEachOther() {
        var order = everyPairOf(Event.values());
        for (var one : Event.values())
            for (var other : Event.values())
                assertThat(Collections.indexOfSubList(order, List.of(one, other)))
                        .as("%s, then %s", one, other)
                        .isNotNegative();
    }

    private static void live(Pair pair, List<Event> events) throws IOException {
        try (pair) {
            pair.startDriver();
            pair.startServer();
            back(pair);
            var before = new ArrayList<Event>();
            for (var event : events) {
                before.add(event);
                try {
                    happen(event, pair, before.size());
                } catch (IOException | IllegalStateException | AssertionError e) {
                    throw new AssertionError(pair + ", after " + before + ":\n" + pair.house.said(), e);
                }
            }
        }
    }

    private static void happen(Event event, Pair pair, int number) throws IOException {
        switch (event) {
            case DRIVER_ENDS -> driverGoes(pair, "TERM");
            case DRIVER_IS_KILLED -> driverGoes(pair, "KILL");
            case DRIVER_CHANGES_HANDS -> {
                pair.handDriverOver();
                driverGoes(pair, "TERM");
            }
            case DRIVER_IS_PUSHED_ASIDE -> driverIsPushedAside(pair);
            case DRIVER_IS_RELOADED -> driverIsReloaded(pair);
            case SERVER_ENDS -> serverGoes(pair, "TERM");
            case SERVER_IS_KILLED -> serverGoes(pair, "KILL");
            case SERVER_CHANGES_HANDS -> {
                pair.handServerOver();
                serverGoes(pair, "TERM");
            }
            case SERVER_IS_RELOADED -> serverIsReloaded(pair, "reload " + number);
            case BOTH_ARE_KILLED -> bothGo(pair, number % 2 == 0);
        }
        back(pair);
    }

    /** The server's client hears that the driver is gone, and of the next one, on its one connection. */
    private static void driverGoes(Pair pair, String signal) throws IOException {
        try (var client = login(pair)) {
            pair.end(Pair.DRIVER, signal);
            await(client, STATUS, "ERR DRIVER-NOT-CONNECTED");
            pair.startDriver();
            await(client, STATUS, "VAR demo ups.status \"OL\"");
            await(client, "GET NUMLOGINS demo", "NUMLOGINS demo 1");
        }
    }

    private static void driverIsPushedAside(Pair pair) throws IOException {
        try (var client = login(pair)) {
            var before = pair.process(Pair.DRIVER);
            pair.handDriverOver();
            pair.startDriver();
            House.waitFor(() -> !before.isAlive(), () -> "two drivers serve");
            await(client, STATUS, "VAR demo ups.status \"OL\"");
            assertThat(pair.process(Pair.DRIVER).pid()).isNotEqualTo(before.pid());
        }
    }

    private static void driverIsReloaded(Pair pair) throws IOException {
        try (var client = login(pair);
                var beside = new DriverClient(pair.house.dir.resolve(Pair.DRIVER))) {
            var before = pair.process(Pair.DRIVER);
            assertThat(beside.answers()).isTrue();
            pair.signal(Pair.DRIVER, "HUP");
            assertThat(beside.answers()).as("on the same connection").isTrue();
            assertThat(client.ask(STATUS)).isEqualTo("VAR demo ups.status \"OL\"\n");
            assertThat(pair.process(Pair.DRIVER).pid()).isEqualTo(before.pid());
        }
    }

    /** Whoever else is at the driver's socket stays there. */
    private static void serverGoes(Pair pair, String signal) throws IOException {
        try (var beside = new DriverClient(pair.house.dir.resolve(Pair.DRIVER))) {
            assertThat(beside.answers()).isTrue();
            pair.end(Pair.UPSD, signal);
            assertThat(beside.answers()).as("without the server").isTrue();
            pair.startServer();
            back(pair);
            assertThat(beside.answers()).as("with the next server").isTrue();
        }
    }

    private static void serverIsReloaded(Pair pair, String description) throws IOException {
        try (var client = login(pair);
                var beside = new DriverClient(pair.house.dir.resolve(Pair.DRIVER))) {
            pair.describe(description);
            pair.signal(Pair.UPSD, "HUP");
            await(client, "GET UPSDESC demo", "UPSDESC demo \"" + description + '"');
            assertThat(client.ask(STATUS)).isEqualTo("VAR demo ups.status \"OL\"\n");
            assertThat(client.ask("GET NUMLOGINS demo")).isEqualTo("NUMLOGINS demo 1\n");
            assertThat(beside.answers()).isTrue();
        }
    }

    private static void bothGo(Pair pair, boolean driverFirst) throws IOException {
        pair.end(Pair.UPSD, "KILL");
        pair.end(Pair.DRIVER, "KILL");
        if (driverFirst) pair.startDriver();
        pair.startServer();
        if (!driverFirst) pair.startDriver();
    }

    private static Connection login(Pair pair) throws IOException {
        var client = new Connection(pair.house.port);
        for (var word : List.of("USERNAME monitor", "PASSWORD monpass", "LOGIN demo"))
            assertThat(client.ask(word)).isEqualTo("OK\n");
        return client;
    }

    private static void back(Pair pair) {
        pair.house.await(STATUS, "VAR demo ups.status \"OL\"\n"::equals);
    }

    private static void await(Connection client, String request, String answer) {
        House.waitFor(
                () -> ask(client, request).equals(answer + '\n'),
                () -> request + " still gives " + ask(client, request) + ", not " + answer);
    }

    private static String ask(Connection client, String request) {
        try {
            return client.ask(request);
        } catch (IOException e) {
            return "the connection is gone: " + e.getMessage();
        }
    }
}
