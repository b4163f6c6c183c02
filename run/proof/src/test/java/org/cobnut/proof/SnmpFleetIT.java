package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;

/**
 * A thousand network cards of forty objects each, all of which are read every 5 s by one runtime. One agent plays all of them, and
 * tells them apart by their communities.
 */
@EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
class SnmpFleetIT {
    private static final int CARDS = Integer.getInteger("cobnut.cards", 1000);
    private static final int SETTLE_MILLIS = 40_000;
    private static final int MEASURE_MILLIS = 60_000;
    private static final long PERIOD_NANOS = 5_000_000_000L;

    /** Requests that come closer than this to each other belong to one poll. */
    private static final long POLL_NANOS = 1_500_000_000L;

    private final Map<String, List<Long>> polls = new ConcurrentHashMap<>();

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

    private void asked(String community) {
        long now = System.nanoTime();
        List<Long> times = polls.computeIfAbsent(community, key -> Collections.synchronizedList(new ArrayList<>()));
        if (times.isEmpty() || now - times.get(times.size() - 1) > POLL_NANOS) times.add(now);
    }

    @Test
    void pollsAThousandCardsInTime() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        try (var agent = new SnmpAgent(card()).telling(this::asked)) {
            var sections = new StringBuilder("pollinterval = 5\n");
            for (int i = 0; i < CARDS; i++)
                sections.append(
                        "[ups%d]\ndriver = snmp-ups\nport = %s\nsnmp_version = v2c\ncommunity = ups%d\npollfreq = 5\n"
                                .formatted(i, agent.host(), i));
            house.write("ups.conf", sections.toString(), Map.of());
            try (var server = new CobnutServer(house)) {
                String last = "ups" + (CARDS - 1);
                house.await("GET VAR " + last + " ups.status", ("VAR " + last + " ups.status \"OL\"\n")::equals);
                House.pass(SETTLE_MILLIS);
                polls.clear();
                double cpu = cpu(server.process());
                long begin = System.nanoTime();
                House.pass(MEASURE_MILLIS);
                double seconds = (System.nanoTime() - begin) / 1e9;
                report((cpu(server.process()) - cpu) / seconds, resident(server.process()));
            }
        }
    }

    private void report(double cores, long megabytes) {
        var late = new ArrayList<Long>();
        polls.values().forEach(times -> {
            for (int i = 1; i < times.size(); i++)
                late.add(Math.max(0, times.get(i) - times.get(i - 1) - PERIOD_NANOS) / 1_000_000);
        });
        Collections.sort(late);
        System.out.printf(
                "%d cards: %.1f %% of a core, %d MB resident; %d polls, late by %d ms in the median, %d ms in 99 of 100, %d ms at most%n",
                polls.size(),
                100 * cores,
                megabytes,
                late.size(),
                late.get(late.size() / 2),
                late.get(late.size() * 99 / 100),
                late.get(late.size() - 1));
        assertThat(polls).hasSize(CARDS);
        assertThat(late.get(late.size() * 99 / 100)).isLessThan(1000);
    }

    private static double cpu(ProcessHandle process) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private static long resident(ProcessHandle process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")))
            if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        throw new IOException("no VmRSS");
    }
}
