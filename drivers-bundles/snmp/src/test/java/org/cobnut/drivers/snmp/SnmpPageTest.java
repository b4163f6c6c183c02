package org.cobnut.drivers.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cobnut.driver.Driver;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.cobnut.testkit.DriverPageContract;
import org.junit.jupiter.api.Test;

/** docs/drivers/snmp-ups.md names what the code has, and the examples of docs/snmp.md are mapping files. */
class SnmpPageTest extends DriverPageContract {
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```mapping\n(.*?)^```$");

    @Override
    protected String page() {
        return "snmp-ups";
    }

    @Override
    protected List<Driver> drivers() {
        return List.of(Bench.driver());
    }

    @Override
    protected List<String> names() {
        return Bench.SHIPPED.all().stream().map(Mapping::name).toList();
    }

    @Test
    void namesTheFunctionsOfTheKind() throws IOException {
        String page = Files.readString(file());
        for (String function : SnmpKind.INSTANCE.formats().keySet())
            assertThat(page).contains("`" + function + "`");
        for (String keyword : SnmpKind.INSTANCE.declarations()) assertThat(page).contains("`" + keyword);
    }

    /** The scanner has a copy of what tells the mappings apart, for it runs where the driver is not. */
    @Test
    void isKnownToTheScanner() throws IOException {
        var lines = new ArrayList<String>();
        for (Mapping<Address> mapping : MappingChoice.ordered(Bench.SHIPPED.all()))
            lines.add("%s %s %s"
                    .formatted(
                            mapping.name(),
                            SnmpKind.test(mapping).orElse("-"),
                            String.join(" ", mapping.matches().getOrDefault("sysobjectid", List.of()))));
        try (InputStream in = SnmpLinks.class.getResourceAsStream("known-agents.txt")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines())
                    .filteredOn(line -> !line.startsWith("#"))
                    .containsExactlyElementsOf(lines);
        }
    }

    @Test
    void hasExamplesThatAreTaken() throws IOException {
        for (Path page : List.of(file(), Path.of("../../docs/snmp.md"))) {
            List<String> examples = EXAMPLE.matcher(Files.readString(page))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(examples).as(page.toString()).isNotEmpty();
            for (String example : examples) {
                Map<String, byte[]> texts = Bench.shipped();
                texts.put(
                        "a-higher-version.map",
                        example.replaceFirst("(?m)^(mapping \\S+) +\\S+", "$1 99")
                                .getBytes(StandardCharsets.ISO_8859_1));
                assertThat(MappingSet.of(SnmpKind.INSTANCE, texts).all()).isNotEmpty();
            }
        }
    }
}
