package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.snmp.testkit.SnmpRecording;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Variable;

/** A network card that the distribution reads, finds, records and drafts a mapping for. */
class SnmpIT {
    private static final String BASE = "1.3.6.1.2.1.33.1.";

    private static Map<String, Variable> card() {
        return new TreeMap<>(SnmpRecording.parse("""
                1.3.6.1.2.1.1.1.0|4|A card
                1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
                1.3.6.1.2.1.1.4.0|4|somebody
                1.3.6.1.2.1.33.1.1.1.0|4|Acme
                1.3.6.1.2.1.33.1.1.2.0|4|Rack 3000
                1.3.6.1.2.1.33.1.2.4.0|2|93
                1.3.6.1.2.1.33.1.4.1.0|2|3
                1.3.6.1.2.1.33.1.9.8.0|2|2
                """));
    }

    @Test
    void readsFindsAndRecordsACard() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        try (var agent = new SnmpAgent(card())) {
            section(
                    house,
                    "card",
                    "snmp-ups",
                    agent.host() + "\nsnmp_version = v2c\ncommunity = sesame\nrecord = card.txt");
            try (var server = new CobnutServer(house)) {
                assertThat(server.name()).isEqualTo("ours");
                house.await("GET VAR card ups.status", "VAR card ups.status \"OL\"\n"::equals);
                assertThat(house.ask("GET VAR card battery.charge")).isEqualTo("VAR card battery.charge \"93\"\n");
                assertThat(house.ask("LIST CMD card")).contains("beeper.mute");
                agent.put(BASE + "4.1.0", new Integer32(5));
                house.await("GET VAR card ups.status", "VAR card ups.status \"OB\"\n"::equals);
                assertThat(nutctl(house, "mapping", "explain", "card"))
                        .contains("cobnut.drivers.snmp:mappings/ietf.map:");
                assertThat(nutctl(house, "mapping", "draft", agent.host(), "any", "v2c"))
                        .contains("var battery.charge " + BASE + "2.4.0")
                        .contains("mapping draft 1 snmp");
                assertThat(nutctl(house, "scan", "snmp", "127.0.0.1", String.valueOf(agent.port())))
                        .contains("driver = \"snmp-ups\"", "mibs = \"ietf\"");
                House.waitFor(() -> house.text("card.txt").contains("get " + BASE + "2.4.0"), house::said);
                assertThat(house.text("card.txt")).doesNotContain("sesame").contains("INTEGER 93");
            }
        }
    }

    private static void section(House house, String name, String driver, String port) throws IOException {
        house.write(
                "ups.conf",
                "pollinterval = 1\n[" + name + "]\ndriver = " + driver + "\nport = " + port + "\n",
                Map.of());
    }

    private static String nutctl(House house, String... words) throws IOException {
        String[] command = new String[words.length + 1];
        command[0] = CobnutServer.program("nutctl");
        System.arraycopy(words, 0, command, 1, words.length);
        House.Ran ran = house.run(command);
        assertThat(ran.exit()).as(ran.errors()).isZero();
        return ran.out();
    }
}
