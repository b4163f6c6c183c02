package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/**
 * Many network cards of forty objects each, all of which are read again and again by one runtime. One agent plays all of them, and
 * tells them apart by their communities.
 */
class SnmpFleetIT {
    private static final boolean LONG = Boolean.getBoolean("cobnut.long");
    private static final int CARDS = Integer.getInteger("cobnut.cards", 1000);
    private static final int SETTLE_MILLIS = 40_000;
    private static final int MEASURE_MILLIS = 60_000;
    private static final int DEBIAN_CARDS = 20;
    private static final int SILENT = 10;
    private static final Duration SLOW = Duration.ofSeconds(4);

    private static final String OWN = "mapping own 1 snmp\nextends ietf\nvar battery.charge .1.2.4.0 %s quick\n";

    private final PollTimes polls = new PollTimes();

    private static Map<String, Variable> card() {
        var objects = new TreeMap<String, Variable>();
        objects.put("1.3.6.1.2.1.1.2.0", new OID("1.3.6.1.2.1.33"));
        for (String text : List.of("1.1", "1.2", "1.3", "1.4")) objects.put(row(text + ".0"), new OctetString("text"));
        for (String number : List.of(
                "2.1.0",
                "2.3.0",
                "2.4.0",
                "2.5.0",
                "2.6.0",
                "2.7.0",
                "3.3.1.2.1",
                "3.3.1.3.1",
                "3.3.1.4.1",
                "3.3.1.5.1",
                "4.2.0",
                "4.4.1.2.1",
                "4.4.1.3.1",
                "4.4.1.4.1",
                "4.4.1.5.1",
                "5.1.0",
                "5.3.1.2.1",
                "5.3.1.3.1",
                "5.3.1.4.1",
                "7.3.0",
                "8.2.0",
                "8.3.0",
                "8.4.0",
                "8.5.0",
                "9.1.0",
                "9.2.0",
                "9.3.0",
                "9.4.0",
                "9.5.0",
                "9.6.0",
                "9.7.0",
                "9.8.0")) objects.put(row(number), new Integer32(2));
        for (String one : List.of("3.2.0", "4.3.0", "5.2.0")) objects.put(row(one), new Integer32(1));
        objects.put(row("4.1.0"), new Integer32(3));
        return objects;
    }

    private static String row(String tail) {
        return "1.3.6.1.2.1.33.1." + tail;
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void pollsAThousandCardsInTime() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        House house = house();
        try (var agent = new SnmpAgent(card()).telling(polls::asked)) {
            house.write("ups.conf", "pollinterval = 5\n" + sections(agent, CARDS, "pollfreq = 5"), Map.of());
            try (var server = new CobnutServer(house)) {
                online(house, "ups" + (CARDS - 1));
                House.pass(SETTLE_MILLIS);
                Cost ours = cost(List.of(server.process()));
                PollTimes.Lateness late = polls.lateness(Duration.ofSeconds(5));
                System.out.printf(
                        "%d cards: %.1f %% of a core, %d MB resident; %s; %.0f us a poll%n",
                        polls.devices(),
                        100 * ours.cores(),
                        ProcessUsage.resident(server.process()) / 1024,
                        late,
                        1e6 * ours.secondsOfAPoll());
                assertThat(polls.devices()).isEqualTo(CARDS);
                assertThat(late.millisIn99Of100()).isLessThan(250);
                beside(agent, ours);
            }
        }
    }

    /** C's driver reads the same cards while ours goes on reading them. */
    private void beside(SnmpAgent agent, Cost ours) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "c");
        try (var cards = new DebianCards(folder, agent.host(), DEBIAN_CARDS)) {
            House.pass(SETTLE_MILLIS);
            agent.telling((device, request) -> {
                if (device.startsWith("c")) polls.asked(device);
            });
            Cost theirs = cost(cards.processes());
            System.out.printf(
                    "C, %d processes: %d polls, %.0f us each; ours takes %.1f times as many cards a core%n",
                    polls.devices(),
                    polls.lateness(Duration.ofSeconds(5)).polls(),
                    1e6 * theirs.secondsOfAPoll(),
                    theirs.secondsOfAPoll() / ours.secondsOfAPoll());
            assertThat(polls.devices()).isEqualTo(DEBIAN_CARDS);
        }
    }

    /** What the polls of a while cost. */
    private record Cost(double cores, double secondsOfAPoll) {}

    private Cost cost(List<ProcessHandle> processes) throws IOException {
        polls.clear();
        double before = cpu(processes);
        long begin = System.nanoTime();
        House.pass(MEASURE_MILLIS);
        double spent = cpu(processes) - before;
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Cost(
                spent / seconds, spent / polls.lateness(Duration.ofSeconds(5)).polls());
    }

    @Test
    void keepsTheBeatOfAllOthersWhenSomeAreSlowOrSilentOrFloodTraps() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        int healthy = LONG ? 500 : 40;
        int millis = LONG ? MEASURE_MILLIS : 6_000;
        House house = house();
        try (var agent = new SnmpAgent(card()).telling(polls::asked);
                var slow = new SnmpAgent(card()).delaying(SLOW);
                var silent = new SnmpAgent(card()).silentAbove(0);
                var loud = new SnmpAgent(card());
                var flood = new TrapFlood()) {
            var others = new StringBuilder(section("slow", slow, "snmp_retries = 5"))
                    .append(section("loud", loud, "trapport = " + flood.port()));
            for (int i = 0; i < SILENT; i++) others.append(section("silent" + i, silent, ""));
            house.write("ups.conf", "pollinterval = 1\n" + others + sections(agent, healthy, ""), Map.of());
            try (var server = new CobnutServer(house)) {
                online(house, "ups" + (healthy - 1));
                online(house, "loud");
                flood.start();
                polls.clear();
                int before = loud.requests();
                long begin = System.nanoTime();
                House.pass(millis);
                double seconds = (System.nanoTime() - begin) / 1e9;
                PollTimes.Lateness late = polls.lateness(Duration.ofSeconds(1));
                double asked = (loud.requests() - before) / seconds;
                System.out.printf(
                        "%d healthy cards: %s; %d traps, and %.0f requests a second to who sent them%n",
                        healthy, late, flood.sent(), asked);
                assertThat(polls.devices()).isEqualTo(healthy);
                assertThat(late.polls()).isGreaterThan((int) (healthy * seconds * 0.7));
                assertThat(late.millisAtMost())
                        .as("no poll waits for a device that does not answer")
                        .isLessThan(2000);
                assertThat(asked).as("the runtime's floor under wakes holds").isBetween(5.0, 250.0);
                assertThat(house.ask("GET VAR silent0 ups.status")).startsWith("ERR ");
                if (LONG) online(house, "slow");
                assertThat(server.process().isAlive()).isTrue();
            }
        }
    }

    @Test
    void reopensOnlyTheDevicesOfAMappingThatIsEdited() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        int others = 95;
        int own = 5;
        var opened = new ConcurrentSkipListSet<String>();
        var model = new OID(row("1.2.0")); // read once after a device was opened
        House house = house();
        try (var agent = new SnmpAgent(card())) {
            agent.telling((device, request) -> {
                polls.asked(device);
                for (VariableBinding binding : request.getVariableBindings())
                    if (binding.getOid().equals(model)) opened.add(device);
            });
            var sections = new StringBuilder(sections(agent, others, ""));
            for (int i = 0; i < own; i++) sections.append(section("own" + i, agent, "mibs = own"));
            Files.createDirectory(house.dir.resolve("mappings"));
            house.write("mappings/own.map", OWN.formatted("compact"), Map.of());
            house.write("ups.conf", "pollinterval = 1\n" + sections, Map.of());
            try (var server = new CobnutServer(house)) {
                online(house, "ups" + (others - 1));
                online(house, "own" + (own - 1));
                house.await("GET VAR own0 battery.charge", "VAR own0 battery.charge \"2\"\n"::equals);
                House.pass(1500);
                opened.clear();
                polls.clear();
                house.write("mappings/own.map", OWN.formatted("times 4 compact"), Map.of());
                for (int i = 0; i < own; i++)
                    house.await(
                            "GET VAR own" + i + " battery.charge", ("VAR own" + i + " battery.charge \"8\"\n")::equals);
                House.pass(2500);
                assertThat(opened).containsExactly("own0", "own1", "own2", "own3", "own4");
                assertThat(polls.devices()).isEqualTo(others + own);
                assertThat(polls.lateness(Duration.ofSeconds(1)).millisAtMost()).isLessThan(1500);
                assertThat(server.process().isAlive()).isTrue();
            }
        }
    }

    private static House house() throws IOException {
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        return house;
    }

    private static String sections(SnmpAgent agent, int count, String option) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.append(section("ups" + i, agent, option));
        return text.toString();
    }

    private static String section(String name, SnmpAgent agent, String option) {
        return "[%s]\ndriver = snmp-ups\nport = %s\nsnmp_version = v2c\ncommunity = %s\n%s\n"
                .formatted(name, agent.host(), name, option);
    }

    private static void online(House house, String ups) {
        house.await("GET VAR " + ups + " ups.status", ("VAR " + ups + " ups.status \"OL\"\n")::equals);
    }

    private static double cpu(List<ProcessHandle> processes) throws IOException {
        double seconds = 0;
        for (ProcessHandle process : processes) seconds += ProcessUsage.cpu(process);
        return seconds;
    }
}
