package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.proof.Pair.Maker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pairing of a server, a driver and a client that can meet, each of them ours or Debian's. */
class MatrixIT {
    /** A call of a client, and what stands in its answer; one after the other. */
    private static final String CALLS = """
            upsc UPS                                          | ups.status: OL
            upsc UPS ups.mfr                                  | Filbert & "Sons" #1
            upsc UPS ups.nothere                              | Error: Variable not supported by UPS
            upsc -l HOST                                      | demo
            upsc -L HOST                                      | demo: the pair
            upsc -c UPS                                       | exit 0
            upscmd -l UPS                                     | load.off
            upscmd -u admin -p s3cret UPS load.off            | OK
            upscmd -u admin -p s3cret -w UPS load.off         | ERR UNKNOWN
            upscmd -u admin -p wrong UPS load.off             | ACCESS-DENIED
            upsrw UPS                                         | [ups.id]
            upsrw -u admin -p s3cret -w -s ups.id=again UPS   | SUCCESS
            upsrw -u admin -p s3cret -s driver.name=x UPS     | ERR READONLY
            """;

    private static final String FORMAT = "%VAR ups.status%|%VAR ups.mfr%|%VAR battery.charge%|%VAR ups.nothere%";
    private static final Path UPSMON = Path.of("src/test/resources/upsmon");
    private static final List<Pair> pairs = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(Pair.possible(), "the distribution is not built, or Debian's NUT not installed");
        for (var server : Maker.values()) for (var driver : Maker.values()) pairs.add(new Pair(server, driver));
        var starting = new ArrayList<CompletableFuture<?>>();
        for (var pair : pairs) starting.add(CompletableFuture.runAsync(() -> begin(pair)));
        starting.forEach(CompletableFuture::join);
    }

    @AfterAll
    static void stop() throws IOException {
        for (var pair : pairs) pair.close();
        pairs.clear();
    }

    private static void begin(Pair pair) {
        try {
            pair.startServer();
            pair.startDriver();
            awaitStatus(pair, "OL");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Pair> pairs() {
        return pairs.stream();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("pairs")
    void clientsOfBothSayTheSame(Pair pair) throws IOException {
        for (var line : CALLS.lines().toList()) {
            var parts = line.split("\\|");
            var call = words(parts[0], pair);
            var theirs = said(pair, Maker.DEBIANS, call);
            assertThat(theirs).as("%s: %s", pair, parts[0]).contains(parts[1].strip());
            assertThat(said(pair, Maker.OURS, call))
                    .as("%s: %s", pair, parts[0])
                    .isEqualTo(theirs);
        }
    }

    /** What is not a driver's or a server's own is the same, whoever serves and drives. */
    @Test
    void allPairsSayTheSameOfTheirDevice() throws IOException {
        for (var line : CALLS.lines().toList()) {
            var all = new ArrayList<String>();
            for (var pair : pairs) all.add(ownAside(said(pair, Maker.DEBIANS, words(line.split("\\|")[0], pair))));
            assertThat(all).as(line).allMatch(all.get(0)::equals);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("pairs")
    void whatUpsrwSetsReachesTheDriver(Pair pair) throws IOException {
        for (var client : Maker.values()) {
            // A quote or # would not arrive: NUT's drivers tell of a change without escaping it.
            var value = "of " + client;
            assertThat(pair.run(client, "upsrw", "-u", "admin", "-p", "s3cret", "-s", "ups.id=" + value, pair.ups())
                            .exit())
                    .isZero();
            pair.house.await("GET VAR demo ups.id", "VAR demo ups.id \"%s\"\n".formatted(value)::equals);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("pairs")
    void upslogOfBothWritesTheSame(Pair pair) throws Exception {
        var lines = new EnumMap<Maker, String>(Maker.class);
        for (var client : Maker.values()) {
            var log = "log of " + client;
            var words = List.of("-u", House.user(), "-F", "-s", pair.ups(), "-l", log, "-i", "30", "-f", FORMAT);
            var upslog = pair.house.start(Stream.concat(Stream.of(client.program("upslog")), words.stream())
                    .toArray(String[]::new));
            House.waitFor(() -> pair.house.text(log).endsWith("\n"), pair.house::said);
            upslog.destroy();
            House.end(upslog);
            // Debian's writes a last one at its end.
            lines.put(client, pair.house.text(log).lines().findFirst().orElse(""));
        }
        assertThat(lines.values()).as(pair.toString()).containsOnly("OL|Filbert & \"Sons\" #1|100|NA");
    }

    /** Both watch the same device at the same time. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("pairs")
    void upsmonOfBothSeesTheCut(Pair pair) throws IOException {
        try (var ours = monitor(pair);
                var debians = monitor(pair)) {
            var started = List.of(
                    ours.start(Maker.OURS.program("upsmon"), "-F"),
                    debians.start(Maker.DEBIANS.program("upsmon"), "-p", "-F", "-u", House.user()));
            try {
                awaitLogins(2, pair, ours, debians);
                pair.status("OB DISCHRG");
                awaitNotice("ONBATT", pair, ours, debians);
                pair.status("OL");
                awaitNotice("ONLINE", pair, ours, debians);
            } finally {
                started.forEach(Process::destroy);
                started.forEach(House::end);
            }
            awaitLogins(0, pair, ours, debians);
        } finally {
            pair.status("OL");
            awaitStatus(pair, "OL");
        }
    }

    private static House monitor(Pair pair) throws IOException {
        var house = new House(UPSMON, Map.of());
        for (var file : List.of("notify", "upsmon.conf"))
            house.write(
                    file,
                    house.text(file).replace("monitored@", "demo@").replace("primary", "secondary"),
                    Map.of("DIR", house.dir.toString(), "SERVER", String.valueOf(pair.house.port)));
        assertThat(house.dir.resolve("notify").toFile().setExecutable(true)).isTrue();
        return house;
    }

    private static void awaitLogins(int number, Pair pair, House... monitors) {
        House.waitFor(
                () -> pair.house.ask("GET NUMLOGINS demo").equals("NUMLOGINS demo " + number + '\n'),
                () -> pair + ": not " + number + " logins: "
                        + Arrays.stream(monitors).map(House::said).toList());
    }

    private static void awaitNotice(String notice, Pair pair, House... monitors) {
        for (var house : monitors)
            House.waitFor(() -> house.text("notices").contains(notice), () -> "%s: no %s: %s%s"
                    .formatted(pair, notice, house.text("notices"), house.said()));
    }

    /** A pair for each kind of driver: whose server it is, upsdrvctl does not see. */
    private static Stream<Pair> mixed() {
        return pairs().filter(pair -> pair.server() != pair.driver());
    }

    /** Stopped and started by one, then by the other. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("mixed")
    void upsdrvctlOfBothControlsTheDriver(Pair pair) throws IOException {
        var user = pair.driver() == Maker.DEBIANS ? List.of("-u", House.user()) : List.<String>of();
        for (var control : Maker.values()) {
            var before = pair.process(Pair.DRIVER);
            assertThat(pair.run(Maker.OURS, "upsdrvctl", "status").out())
                    .as("%s", pair)
                    .contains("demo\tdummy-ups\tRUNNING\t" + before.pid() + "\tRESPONSIVE\t")
                    .contains("\"OL\"");
            succeeds(pair, control, user, "stop");
            House.waitFor(() -> !before.isAlive(), () -> pair + ": the driver goes on");
            awaitAnswer(pair, "ERR DRIVER-NOT-CONNECTED\n");
            succeeds(pair, control, user, "start");
            assertThat(pair.process(Pair.DRIVER).pid()).isNotEqualTo(before.pid());
            awaitStatus(pair, "OL");
        }
    }

    private static void succeeds(Pair pair, Maker control, List<String> user, String order) throws IOException {
        var words = new ArrayList<>(user);
        words.add(order);
        var ran = pair.run(control, "upsdrvctl", words.toArray(String[]::new));
        assertThat(ran.exit()).as("%s: upsdrvctl of %s: %s", pair, control, ran).isZero();
    }

    private static void awaitStatus(Pair pair, String status) {
        awaitAnswer(pair, "VAR demo ups.status \"" + status + "\"\n");
    }

    private static void awaitAnswer(Pair pair, String answer) {
        pair.house.await("GET VAR demo ups.status", answer::equals);
    }

    private static String[] words(String call, Pair pair) {
        return Arrays.stream(call.strip().split(" +"))
                .map(word -> word.equals("UPS") ? pair.ups() : word)
                .map(word -> word.equals("HOST") ? "127.0.0.1:" + pair.house.port : word)
                .toArray(String[]::new);
    }

    /** What a client says and how it ends; without the remarks on TLS that Debian's always makes. */
    private static String said(Pair pair, Maker client, String... call) throws IOException {
        var ran = pair.run(client, call[0], Arrays.copyOfRange(call, 1, call.length));
        var errors = Pattern.compile("(?m)^.*SSL .*\\n").matcher(ran.errors()).replaceAll("");
        return ran.out() + "-- errors\n" + errors + "-- exit " + ran.exit();
    }

    /** Without what is each driver's own, and the texts of descriptions; and without the difference device-copy-escapes. */
    private static String ownAside(String said) {
        return said.replaceAll("(?m)^device\\.mfr: .*\\n", "")
                .replaceAll("(?m)^(\\[?driver\\.|shutdown\\.default)[^\\n]*\\n((?<=\\]\\n)([^\\n]+\\n)*\\n?)?", "")
                .replaceAll("(?m)^(\\S+ - ).*", "$1...")
                .replaceAll("(?m)^(\\[[^]]+\\]\\n).*", "$1...")
                .replaceAll("(?m)@127\\.0\\.0\\.1:\\d+|UPS \\[[^]]*\\]", "...");
    }
}
