package org.cobnut.drivers.snmp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.link.snmp.SnmpValue;
import org.cobnut.table.mapping.MappingDrafter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Drafts a mapping from a walk: rows of RFC 1628 where the agent has their objects, and comments for the rest. */
@Component
public final class SnmpDrafter implements MappingDrafter {
    private static final String SYSTEM = "1.3.6.1.2.1.1";
    private static final String RFC_1628 = "1.3.6.1.2.1.33";
    private static final String ENTERPRISES = "1.3.6.1.4.1";
    private static final List<String> ROWS = List.of("var", "set", "status", "command");
    private static final int MOST_OBJECTS = 5_000;
    private static final int LONGEST_VALUE = 60;

    private final LinkProvider links;

    @Activate
    public SnmpDrafter(
            @Reference(target = "(" + LinkProvider.KIND + "=org.cobnut.link.snmp.SnmpLink)") LinkProvider links) {
        this.links = links;
    }

    @Override
    public String usage() {
        return "HOST [COMMUNITY [v1|v2c]]";
    }

    @Override
    public String draft(List<String> words) throws IOException {
        if (words.isEmpty() || words.size() > 3) throw new IllegalArgumentException("draft takes " + usage());
        String host = words.get(0);
        SnmpParameters parameters = SnmpParameters.community(
                        version(words.size() > 2 ? words.get(2) : "v1"), words.size() > 1 ? words.get(1) : "public")
                .patience(Duration.ofSeconds(1), 2);
        try (var link = (SnmpLink) links.open(LinkRequest.outside(
                "nutctl mapping draft", SnmpLink.class, host.startsWith("udp:") ? host : "udp:" + host, parameters))) {
            String id = Optional.ofNullable(link.get(List.of(SYSTEM + ".2.0")).get(SYSTEM + ".2.0"))
                    .map(SnmpValue::text)
                    .orElse("");
            return text(
                    host,
                    id,
                    link.walk(SYSTEM, MOST_OBJECTS),
                    link.walk(RFC_1628, MOST_OBJECTS),
                    link.walk(ENTERPRISES, MOST_OBJECTS));
        }
    }

    private static Version version(String word) {
        try {
            return Version.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            // Not the word itself: in the wrong place it is the community.
            throw new IllegalArgumentException("what stands behind the community is no version; v1 and v2c are", e);
        }
    }

    private static String text(
            String host,
            String id,
            SortedMap<String, SnmpValue> system,
            SortedMap<String, SnmpValue> ups,
            SortedMap<String, SnmpValue> own)
            throws IOException {
        var lines = new ArrayList<String>();
        lines.add("# Drafted from what %s has. Rows without a # are named by RFC 1628; give the others names of NUT."
                .formatted(host));
        lines.add("mapping draft 1 snmp");
        if (!id.isEmpty()) lines.add("match sysobjectid " + id);
        if (!ups.isEmpty()) lines.add("test " + ups.firstKey());
        else if (!own.isEmpty()) lines.add("test " + own.firstKey());
        lines.add("");
        lines.addAll(known(ups, system));
        lines.add("");
        lines.add("# What it has beside these, and the value of this moment:");
        own.forEach((oid, value) -> lines.add("# var NAME %s    # %s".formatted(oid, shown(value))));
        if (own.size() == MOST_OBJECTS) lines.add("# and more, which are left out");
        return String.join("\n", lines) + "\n";
    }

    private static String shown(SnmpValue value) {
        String text = value.text().replaceAll("[\\p{Cntrl}#]", " ");
        return value.type() + " " + (text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "..." : text);
    }

    /** The rows of the mapping for RFC 1628 whose objects are there, and the lookups that they name. */
    private static List<String> known(Map<String, SnmpValue> ups, Map<String, SnmpValue> system) throws IOException {
        var there = new HashMap<String, String>();
        ups.forEach((oid, value) -> there.put(oid, value.text()));
        system.forEach((oid, value) -> there.put(oid, value.text()));
        var phases = new HashMap<String, String>();
        var rows = new ArrayList<String>();
        var lookups = new LinkedHashSet<String>();
        boolean left = false;
        List<String> ietf = ietf();
        for (String line : ietf) {
            List<String> words = List.of(line.strip().split(" +"));
            if (words.get(0).equals("when")) left = left(words, phases);
            else if (words.get(0).equals("end")) left = false;
            int at = words.get(0).equals("status") ? 1 : 2;
            if (left || !ROWS.contains(words.get(0)) || words.size() <= at) continue;
            String address = words.get(at);
            String oid = address.startsWith(".") ? RFC_1628 + address : address;
            if (!there.containsKey(oid)) continue;
            if (words.get(1).endsWith(".phases")) phases.put(words.get(1), there.getOrDefault(oid, ""));
            rows.add(line.strip().replace(" " + address, " " + oid));
            int lookup = words.indexOf("lookup");
            if (lookup > 0) lookups.add("lookup " + words.get(lookup + 1) + " ");
        }
        var lines = new ArrayList<String>();
        for (String line : ietf) if (lookups.stream().anyMatch(line::startsWith)) lines.add(line);
        lines.addAll(rows);
        return lines;
    }

    /** Whether a block {@code when NAME = 3} or {@code when not NAME = 3} is for a device of other phases. */
    private static boolean left(List<String> words, Map<String, String> phases) {
        boolean not = words.get(1).equals("not");
        return phases.getOrDefault(words.get(not ? 2 : 1), "1").equals("3") == not;
    }

    private static List<String> ietf() throws IOException {
        try (InputStream in = SnmpDrafter.class.getResourceAsStream("/mappings/ietf.map")) {
            if (in == null) throw new IOException("the mapping for RFC 1628 is missing from the bundle");
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }
}
