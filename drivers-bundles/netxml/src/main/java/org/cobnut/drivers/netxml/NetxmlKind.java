package org.cobnut.drivers.netxml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.table.Format;
import org.cobnut.table.mapping.MappingKind;
import org.cobnut.table.mapping.MappingSet;

/** Mapping files of this driver, whose addresses are names of objects (docs/drivers/netxml.md). */
final class NetxmlKind implements MappingKind<String> {
    static final NetxmlKind INSTANCE = new NetxmlKind();

    private static final String FILE = "mge-xml.map";

    /** The mapping of this bundle, without those of an operator; for a program without a runtime. */
    static final MappingSet<String> SHIPPED = MappingSet.of(INSTANCE, shipped());

    private NetxmlKind() {}

    @Override
    public String name() {
        return "netxml";
    }

    @Override
    public Addresses<String> addresses(String base, List<List<String>> declared) {
        if (!base.isEmpty()) throw new IllegalArgumentException("addresses of this kind have no base");
        return text -> {
            if (!text.matches("[A-Za-z][A-Za-z0-9_.\\[\\]-]{0,127}"))
                throw new IllegalArgumentException(
                        "'%s' is no name of an object, as UPS.PowerSummary.PercentLoad".formatted(text));
            return text;
        };
    }

    @Override
    public Map<String, Format> formats() {
        return Map.of("date", (raw, known) -> word(raw, 0), "time", (raw, known) -> word(raw, 1));
    }

    /** A word of a day and a time with a blank or a dash between. */
    private static Optional<String> word(String raw, int at) {
        String[] words = raw.strip().split("[ -]+");
        return at < words.length && !words[at].isEmpty() ? Optional.of(words[at]) : Optional.empty();
    }

    /** The file of this bundle. */
    static Map<String, byte[]> shipped() {
        try (InputStream in = NetxmlKind.class.getResourceAsStream("/mappings/" + FILE)) {
            if (in == null) throw new IllegalStateException(FILE + " is missing in this bundle");
            return Map.of(FILE, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
