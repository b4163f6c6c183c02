package org.cobnut.link.snmp.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Authentication;
import org.cobnut.link.snmp.SnmpParameters.Privacy;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;

/** One way to ask an agent, which a scan was told: a community, or a user of SNMPv3. */
record Access(SnmpParameters parameters, List<Map.Entry<String, String>> options) {
    /** Communities may be several, with commas between them; each is tried with v1 and v2c. */
    static List<Access> of(ScanRequest request, ScanReport report) {
        Duration half = request.timeout().dividedBy(2);
        var all = new ArrayList<Access>();
        try {
            if (request.option("secName").isPresent()
                    || request.option("secLevel").isPresent()) {
                all.add(user(request, half));
                return all;
            }
        } catch (IllegalArgumentException e) {
            report.problem("SNMP devices are not looked for: " + e.getMessage());
            return all;
        }
        for (String community : request.option("community").orElse("public").split(",")) {
            all.add(new Access(
                    SnmpParameters.community(Version.V1, community).patience(half, 1),
                    List.of(Map.entry("community", community))));
            all.add(new Access(
                    SnmpParameters.community(Version.V2C, community).patience(half, 1),
                    List.of(Map.entry("snmp_version", "v2c"), Map.entry("community", community))));
        }
        return all;
    }

    private static Access user(ScanRequest request, Duration wait) {
        String name = request.option("secName").orElse("");
        if (name.isEmpty()) throw new IllegalArgumentException("SNMPv3 needs the name of a user (-u)");
        var options = new ArrayList<Map.Entry<String, String>>();
        options.add(Map.entry("snmp_version", "v3"));
        for (String option :
                List.of("secLevel", "secName", "authProtocol", "authPassword", "privProtocol", "privPassword"))
            request.option(option).ifPresent(value -> options.add(Map.entry(option, value)));
        SnmpParameters user = SnmpParameters.user(name).patience(wait, 1);
        Optional<String> level = request.option("secLevel");
        if (level.orElse("noAuthNoPriv").equals("noAuthNoPriv")) return new Access(user, options);
        user = user.signed(
                protocol(Authentication.class, request.option("authProtocol").orElse("MD5")),
                request.option("authPassword").orElse(""));
        if (level.orElse("").equals("authPriv"))
            user = user.encrypted(
                    protocol(Privacy.class, request.option("privProtocol").orElse("DES")),
                    request.option("privPassword").orElse(""));
        return new Access(user, options);
    }

    private static <E extends Enum<E>> E protocol(Class<E> type, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("there is no protocol " + name, e);
        }
    }

    FoundDevice with(FoundDevice device) {
        FoundDevice found = device;
        for (Map.Entry<String, String> option : options) found = found.withOption(option.getKey(), option.getValue());
        return found;
    }
}
