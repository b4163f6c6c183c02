package org.cobnut.drivers.snmp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.drivers.snmp.Address.Member;
import org.cobnut.drivers.snmp.Address.Scalar;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpValue;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;
import org.cobnut.table.Wire;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes objects of one agent, or of one member of the chain behind it. Objects of a poll are asked for together; a
 * value is written with the type that the agent has it in.
 */
final class SnmpWire implements Wire<Address> {
    /** After this an agent may have obeyed, so that nothing is repeated. */
    static final Outcome UNCLEAR = Outcome.failed("the agent did not answer; it may have obeyed");

    /** Rows of a table of alarms. */
    private static final int MOST_ROWS = 256;

    private static final int TICKS_OF_A_SECOND = 100;

    /** Objects that SNMPv1 may lack in one poll: each costs a request, and a poll must end in time. */
    private static final int MOST_ABSENT = 100;

    private static final int FEW = 32;

    private static final Map<SnmpValue.Type, String> LARGEST = Map.of(
            SnmpValue.Type.INTEGER, "2147483647",
            SnmpValue.Type.GAUGE, "4294967295",
            SnmpValue.Type.TICKS, "4294967295");

    private final SnmpLink link;
    private final boolean old;
    private final int member;
    private final Map<String, String> locks;
    private final RowCounts counts;
    private final Map<String, List<Integer>> bases;
    private @Nullable Plan plan;

    /**
     * A wire to the agent itself.
     *
     * @param old whether it is asked by SNMPv1, which says of one object at a time that it is absent
     * @param locks objects that are written together with others, by the OIDs of these
     */
    SnmpWire(SnmpLink link, boolean old, Map<String, String> locks, RowCounts counts) {
        this(link, old, locks, counts, 1, new HashMap<>());
    }

    private SnmpWire(
            SnmpLink link,
            boolean old,
            Map<String, String> locks,
            RowCounts counts,
            int member,
            Map<String, List<Integer>> bases) {
        this.link = link;
        this.old = old;
        this.locks = locks;
        this.counts = counts;
        this.member = member;
        this.bases = bases;
    }

    /** The same agent, but another member of the chain behind it, counted from 1. */
    SnmpWire member(int other) {
        return new SnmpWire(link, old, locks, counts, other, bases);
    }

    @Override
    public Object unit(Address address) {
        return address instanceof Member holder ? holder.column() : address;
    }

    /** All objects of a poll: the link makes requests of them that the agent takes. */
    @Override
    public int batch() {
        return old ? FEW : Integer.MAX_VALUE;
    }

    /** An agent says at once that it does not have an object. */
    @Override
    public int patience() {
        return old ? MOST_ABSENT : Integer.MAX_VALUE;
    }

    @Override
    public Map<Address, String> read(List<Address> addresses) throws IOException {
        if (plan == null || plan.addresses() != addresses) plan = plan(addresses);
        Map<String, SnmpValue> values = plan.objects().isEmpty() ? Map.of() : link.get(plan.objects());
        var answers = new HashMap<Address, String>(2 * addresses.size());
        plan.nothings().forEach(nothing -> answers.put(nothing, ""));
        plan.oids().forEach((address, oid) -> {
            SnmpValue value = values.get(oid);
            if (value != null) answers.put(address, raw(value));
        });
        for (Map.Entry<String, List<Member>> column : plan.columns().entrySet()) {
            Set<String> there = counts.none(column.getKey(), values) ? Set.of() : there(column.getKey());
            for (Member holder : column.getValue()) answers.put(holder, there.contains(holder.value()) ? "1" : "0");
        }
        return answers;
    }

    private Plan plan(List<Address> all) throws IOException {
        List<Address> addresses =
                member == 1 ? all : all.stream().filter(SnmpWire::ofMember).toList();
        findBases(addresses);
        var oids = new LinkedHashMap<Address, String>();
        var columns = new LinkedHashMap<String, List<Member>>();
        var nothings = new ArrayList<Address>();
        for (Address address : addresses) {
            if (address instanceof Scalar scalar) oids.put(address, resolved(scalar));
            else if (address instanceof Member holder)
                columns.computeIfAbsent(holder.column(), column -> new ArrayList<>())
                        .add(holder);
            else nothings.add(address);
        }
        var objects = new LinkedHashSet<>(oids.values());
        objects.addAll(counts.objects(columns.keySet()));
        return new Plan(all, oids, List.copyOf(objects), columns, nothings);
    }

    /** What is asked for, and what for: most polls ask for the same addresses. */
    private record Plan(
            List<Address> addresses,
            Map<Address, String> oids,
            List<String> objects,
            Map<String, List<Member>> columns,
            List<Address> nothings) {}

    /** What has no place for a member is of the agent itself, which is the first one. */
    private static boolean ofMember(Address address) {
        return !(address instanceof Scalar scalar)
                ? address == Address.Nothing.NOTHING
                : scalar.oid().indexOf('@') >= 0;
    }

    /** The values that a column holds. */
    private Set<String> there(String column) throws IOException {
        Set<String> there = new HashSet<>();
        link.walk(column, MOST_ROWS).values().forEach(value -> there.add(value.text()));
        counts.read(column, there.isEmpty());
        return there;
    }

    /**
     * Seconds in the place of their hundredths, as NUT counts time; nothing for the largest number of a type, by which agents
     * say that they do not know; anything else as the agent has it.
     */
    private static String raw(SnmpValue value) {
        if (value.text().equals(LARGEST.get(value.type()))) return "";
        if (value.type() != SnmpValue.Type.TICKS) return value.text();
        return Long.toString(Long.parseLong(value.text()) / TICKS_OF_A_SECOND);
    }

    @Override
    public Outcome write(Address address, String raw) throws IOException {
        if (!(address instanceof Scalar scalar)) return Outcome.unknown();
        findBases(List.of(address));
        String oid = resolved(scalar);
        var objects = new ArrayList<SnmpObject>();
        try {
            String lock = locks.get(oid);
            if (lock != null)
                Optional.ofNullable(link.get(List.of(lock)).get(lock))
                        .ifPresent(value -> objects.add(new SnmpObject(lock, value)));
            objects.add(new SnmpObject(oid, value(raw, type(oid, raw))));
            link.set(objects);
            return Outcome.handled();
        } catch (NoAnswerException silence) {
            return UNCLEAR;
        } catch (SnmpException refused) {
            return Outcome.failed(String.valueOf(refused.getMessage()));
        }
    }

    /** The type that the agent has the object in; one that cannot be read is a number if the value is one. */
    private SnmpValue.Type type(String oid, String raw) throws IOException {
        SnmpValue value = link.get(List.of(oid)).get(oid);
        if (value != null) return value.type();
        return raw.matches("-?\\d{1,10}") ? SnmpValue.Type.INTEGER : SnmpValue.Type.OCTETS;
    }

    private static SnmpValue value(String raw, SnmpValue.Type type) {
        if (type == SnmpValue.Type.OCTETS || type == SnmpValue.Type.OID || type == SnmpValue.Type.ADDRESS)
            return new SnmpValue(type, raw);
        double number =
                Numbers.parse(raw).orElseThrow(() -> new IllegalArgumentException("'%s' is no number".formatted(raw)));
        return new SnmpValue(
                type, Numbers.format(type == SnmpValue.Type.TICKS ? number * TICKS_OF_A_SECOND : number, 0));
    }

    private String resolved(Scalar scalar) {
        if (scalar.plain()) return scalar.oid();
        return scalar.resolved(member, bases.getOrDefault(scalar.column(), List.of()));
    }

    /** Asks for the first object of each column that is new, whose indexes are the first of the table: 0 or 1. */
    private void findBases(List<Address> addresses) throws IOException {
        var columns = new LinkedHashSet<String>();
        for (Address address : addresses)
            if (address instanceof Scalar scalar && !scalar.plain() && !bases.containsKey(scalar.column()))
                columns.add(scalar.column());
        if (columns.isEmpty()) return;
        Map<String, SnmpObject> first = link.next(columns);
        for (String column : columns) bases.put(column, bases(column, first.get(column)));
    }

    private static List<Integer> bases(String column, @Nullable SnmpObject first) {
        if (first == null || !first.oid().startsWith(column + ".")) return List.of();
        var found = new ArrayList<Integer>();
        for (String index : first.oid().substring(column.length() + 1).split("\\."))
            found.add(index.equals("0") ? 0 : 1);
        return List.copyOf(found);
    }

    @Override
    public void close() {
        link.close();
    }
}
