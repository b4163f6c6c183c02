package org.cobnut.drivers.snmp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.drivers.snmp.Address.Scalar;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.table.Row.Field;
import org.cobnut.table.Row.Flag;
import org.cobnut.table.mapping.Mapping;

/**
 * Finds the mapping of an agent: one whose {@code match sysobjectid} is the agent's, else one of the same maker, else any. Its test
 * object must answer in each case.
 */
final class MappingChoice {
    private static final String SYS_OBJECT_ID = "1.3.6.1.2.1.1.2.0";
    private static final String SYS_DESCRIPTION = "1.3.6.1.2.1.1.1.0";

    private static final Pattern ENTERPRISE = Pattern.compile("(1\\.3\\.6\\.1\\.4\\.1\\.\\d+)(\\..*)?");

    /** The order in which NUT looks at them. Others come first, for somebody made them for a purpose. */
    private static final List<String> ORDER = List.of(
            "apc_ats",
            "apc_pdu",
            "apc",
            "apcc",
            "baytech",
            "baytech_rpc3nc",
            "bestpower",
            "cpqpower",
            "cyberpower",
            "delta_ups",
            "eaton_ats16_nmc",
            "eaton_ats16_nm2",
            "eaton_ats30",
            "eaton_epdu",
            "eaton_pdu_nlogic",
            "eaton_pxg_ups",
            "eaton_pw_nm2",
            "emerson_avocent_pdu",
            "aphel_revelation",
            "aphel_genesisII",
            "pulizzi_switched1",
            "pulizzi_switched2",
            "hpe_epdu",
            "hpe_pdu3_cis",
            "huawei",
            "mge",
            "netvision",
            "raritan",
            "raritan-px2",
            "vertiv",
            "xppc",
            "ietf",
            "tripplite");

    private final SnmpLink link;
    private final List<Mapping<Address>> candidates;

    private MappingChoice(SnmpLink link, List<Mapping<Address>> candidates) {
        this.link = link;
        this.candidates = candidates;
    }

    /**
     * Finds it.
     *
     * @param names what ups.conf names; empty for any
     * @throws IOException when the agent does not answer, or none fits
     */
    static Mapping<Address> find(SnmpLink link, List<Mapping<Address>> all, List<String> names) throws IOException {
        var candidates = new ArrayList<Mapping<Address>>();
        if (names.isEmpty()) candidates.addAll(ordered(all));
        for (String name : names)
            candidates.add(all.stream()
                    .filter(mapping -> mapping.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "option 'mibs' names %s, and there is no such mapping; see: nutctl mapping list"
                                    .formatted(name))));
        if (names.size() == 1) return candidates.get(0);
        return new MappingChoice(link, candidates).find();
    }

    /** Those that find their devices by themselves, in the order in which they are tried. */
    static List<Mapping<Address>> ordered(List<Mapping<Address>> all) {
        return all.stream()
                .filter(mapping -> !mapping.matches().isEmpty())
                .sorted(Comparator.comparingInt(mapping -> ORDER.indexOf(mapping.name())))
                .toList();
    }

    private Mapping<Address> find() throws IOException {
        Map<String, String> system = texts(Set.of(SYS_OBJECT_ID, SYS_DESCRIPTION));
        String id = system.getOrDefault(SYS_OBJECT_ID, "").replaceFirst("^\\.", "");
        Map<String, String> there = texts(tests());
        var order = new ArrayList<Mapping<Address>>();
        candidates.stream().filter(mapping -> ids(mapping).contains(id)).forEach(order::add);
        Optional<String> maker = maker(id);
        candidates.stream()
                .filter(mapping -> maker.isPresent()
                        && ids(mapping).stream().anyMatch(one -> maker(one).equals(maker)))
                .forEach(order::add);
        order.addAll(candidates);
        for (Mapping<Address> mapping : order)
            if (answers(mapping, there, ids(mapping).contains(id))) return mapping;
        for (Mapping<Address> mapping : order) if (tellsState(mapping, there)) return mapping;
        throw new IOException(
                "no mapping fits the device, whose sysObjectID is %s and whose sysDescr is '%s'; docs/snmp.md says what to do"
                        .formatted(id.isEmpty() ? "missing" : id, system.getOrDefault(SYS_DESCRIPTION, "")));
    }

    /** One without a test object is sure of itself by its sysObjectID, or else by its model. */
    private static boolean answers(Mapping<Address> mapping, Map<String, String> there, boolean matches) {
        Optional<String> test = SnmpKind.test(mapping);
        if (test.isPresent()) return there.containsKey(test.get());
        return matches
                || models(mapping).stream()
                        .anyMatch(oid -> !there.getOrDefault(oid, "").isBlank());
    }

    /** Whether there is an object for the model, though it may be empty, and one for the state. */
    private boolean tellsState(Mapping<Address> mapping, Map<String, String> there) throws IOException {
        if (SnmpKind.test(mapping).isPresent() || models(mapping).stream().noneMatch(there::containsKey)) return false;
        var states = new LinkedHashSet<String>();
        for (Flag<Address> flag : mapping.table().<Flag<Address>>all(Flag.class))
            if (flag.source().address() instanceof Scalar scalar && scalar.plain()) states.add(scalar.oid());
        return !texts(states).isEmpty();
    }

    private Set<String> tests() {
        var oids = new LinkedHashSet<String>();
        for (Mapping<Address> mapping : candidates) {
            Optional<String> test = SnmpKind.test(mapping);
            if (test.isPresent()) oids.add(test.get());
            else oids.addAll(models(mapping));
        }
        return oids;
    }

    /** The objects that tell the model. */
    private static List<String> models(Mapping<Address> mapping) {
        var oids = new ArrayList<String>();
        for (Field<Address> field : mapping.table().<Field<Address>>all(Field.class))
            if ((field.name().equals("ups.model") || field.name().equals("device.model"))
                    && field.source().address() instanceof Scalar scalar
                    && scalar.plain()) oids.add(scalar.oid());
        return oids;
    }

    private static List<String> ids(Mapping<Address> mapping) {
        return mapping.matches().getOrDefault("sysobjectid", List.of());
    }

    private static Optional<String> maker(String id) {
        Matcher enterprise = ENTERPRISE.matcher(id);
        return enterprise.matches() ? Optional.of(enterprise.group(1)) : Optional.empty();
    }

    private Map<String, String> texts(Set<String> oids) throws IOException {
        var texts = new HashMap<String, String>();
        link.get(oids).forEach((oid, value) -> texts.put(oid, value.text()));
        return texts;
    }
}
