package org.cobnut.drivers.snmp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.link.LinkParameters;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.Links;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.agent.SnmpLinks;
import org.cobnut.snmp.testkit.SnmpAgent;
import org.cobnut.table.mapping.MappingSet;

/** Sessions of snmp-ups over the real link to an agent of the test. */
final class Bench {
    private static final Path MAPPINGS = Path.of("src/main/resources/mappings");

    static final MappingSet<Address> SHIPPED = MappingSet.of(SnmpKind.INSTANCE, shipped());

    private Bench() {}

    /** The files of the bundle, by their names. */
    static Map<String, byte[]> shipped() {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> all = Files.list(MAPPINGS)) {
            for (Path file : all.toList()) files.put(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static SnmpUps driver() {
        return new SnmpUps(SHIPPED);
    }

    /** A section of ups.conf with lines such as {@code snmp_version = v2c}. */
    static Settings settings(SnmpAgent agent, String... lines) {
        var values = new HashMap<String, String>();
        for (String line : lines) {
            String[] words = line.split(" *= *", 2);
            values.put(words[0], words.length > 1 ? words[1].replace("\"", "") : "");
        }
        values.putIfAbsent("snmp_version", "v2c");
        values.putIfAbsent("snmp_retries", "0");
        return Settings.of("test", agent.host(), SnmpOptions.ALL, values);
    }

    /** Opens a session. */
    static Session open(SnmpLinks provider, Settings settings) throws IOException {
        return open(driver(), provider, settings);
    }

    /** Opens a session of a driver with mappings of its own. */
    static Session open(SnmpUps driver, SnmpLinks provider, Settings settings) throws IOException {
        return driver.open(settings, new Real(provider));
    }

    /** Asks the provider, as the runtime does. */
    private static final class Real implements Links {
        private final SnmpLinks provider;

        Real(SnmpLinks provider) {
            this.provider = provider;
        }

        @Override
        public Path file(String name) {
            return Path.of(name);
        }

        @Override
        public <L extends Link> L open(Class<L> kind, String port, LinkParameters parameters) throws IOException {
            LinkParameters quick = parameters instanceof SnmpParameters snmp
                    ? snmp.patience(Duration.ofMillis(400), snmp.retries())
                    : parameters;
            return kind.cast(provider.open(LinkRequest.outside("test", SnmpLink.class, port, quick)));
        }

        @Override
        public void wake() {
            // Nothing polls by itself here.
        }
    }
}
