package org.cobnut.drivers.snmp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.cobnut.drivers.snmp.Address.Member;
import org.cobnut.drivers.snmp.Address.Nothing;
import org.cobnut.drivers.snmp.Address.Scalar;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingKind;

/** Mapping files of this family: a device each, whose addresses are OIDs (docs/drivers/snmp-ups.md). */
final class SnmpKind implements MappingKind<Address> {
    static final SnmpKind INSTANCE = new SnmpKind();

    /** The object that an agent must have for the mapping to fit; {@code -} for none. */
    static final String TEST = "test";

    /** The variable that says how many devices are chained to one agent. */
    static final String CHAIN = "chain";

    /** An object that is written together with another, as it was read just before. */
    static final String LOCK = "lock";

    /** The object that counts the rows of a table, behind a column of it: 0 says that the table need not be read. */
    static final String ROWS = "rows";

    private static final Pattern OID = Pattern.compile("\\d{1,10}(\\.\\d{1,10}){1,127}");
    private static final Pattern INDEXED = Pattern.compile("\\d{1,10}(\\.(\\d{1,10}|~\\d{1,8}|@)){1,127}");

    private SnmpKind() {}

    @Override
    public String name() {
        return "snmp";
    }

    @Override
    public Set<String> declarations() {
        return Set.of(TEST, CHAIN, LOCK, ROWS);
    }

    @Override
    public Addresses<Address> addresses(String base, List<List<String>> declared) {
        if (!base.isEmpty() && !OID.matcher(base).matches())
            throw new IllegalArgumentException("'%s' is no OID, as 1.3.6.1.2.1.33".formatted(base));
        declared.forEach(SnmpKind::check);
        return text -> address(base, text);
    }

    /** OIDs of declarations are whole, for they are looked at without the file's base. */
    private static void check(List<String> line) {
        int words = Set.of(LOCK, ROWS).contains(line.get(0)) ? 3 : 2;
        if (line.size() != words)
            throw new IllegalArgumentException("%s takes %d words".formatted(line.get(0), words - 1));
        if (line.get(0).equals(CHAIN)) return;
        for (String oid : line.subList(1, line.size())) if (!oid.equals("-")) plain("", oid);
    }

    private static Address address(String base, String text) {
        if (text.equals("-")) return Nothing.NOTHING;
        int mark = text.indexOf('?');
        if (mark >= 0) return new Member(plain(base, text.substring(0, mark)), plain(base, text.substring(mark + 1)));
        String oid = text.startsWith(".") ? base + text : text;
        if (!INDEXED.matcher(oid).matches())
            throw new IllegalArgumentException(
                    "'%s' is no address, as .1.4.1.0, 1.3.6.1.2.1.1.1.0, .1.4.1.~{i} or -".formatted(text));
        return new Scalar(oid);
    }

    private static String plain(String base, String text) {
        String oid = text.startsWith(".") ? base + text : text;
        if (!OID.matcher(oid).matches())
            throw new IllegalArgumentException("'%s' is no OID, as .1.4.1.0 or 1.3.6.1.2.1.1.1.0".formatted(text));
        return oid;
    }

    @Override
    public Map<String, Format> formats() {
        return Map.of(
                "us-date", SnmpFormats.usDate(),
                "items", SnmpFormats.items(),
                "known-text", SnmpFormats.knownText(),
                "emp-temperature", SnmpFormats.sensorTemperature(),
                "sensor-degrees", SnmpFormats.sensorDegrees());
    }

    @Override
    public Map<String, Row.Argument> arguments() {
        return Map.of("us-date", SnmpFormats::toUsDate, "known-text", (text, known) -> text);
    }

    /** The test object of a mapping; empty for none. */
    static Optional<String> test(Mapping<Address> mapping) {
        return last(mapping, TEST).map(line -> line.get(1)).filter(oid -> !oid.equals("-"));
    }

    /** The variable that counts the devices of a chain. */
    static Optional<String> chain(Mapping<Address> mapping) {
        return last(mapping, CHAIN).map(line -> line.get(1));
    }

    /** The second objects of the lines with this keyword, {@link #LOCK} or {@link #ROWS}, by their first ones. */
    static Map<String, String> pairs(Mapping<Address> mapping, String keyword) {
        var pairs = new HashMap<String, String>();
        for (List<String> line : mapping.declared())
            if (line.get(0).equals(keyword)) pairs.put(line.get(1), line.get(2));
        return pairs;
    }

    private static Optional<List<String>> last(Mapping<Address> mapping, String keyword) {
        return mapping.declared().stream()
                .filter(line -> line.get(0).equals(keyword))
                .reduce((first, second) -> second);
    }
}
