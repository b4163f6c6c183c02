package org.cobnut.drivers.powerman;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;

/** One daemon. Its nodes are outlets 1, 2 and so on, in its own order. */
final class PowermanSession implements Session {
    private static final Pattern COMMAND = Pattern.compile("outlet\\.(\\d{1,4})\\.load\\.(on|off|cycle)");
    private static final Set<String> PARTS = Set.of("id", "desc", "status", "switchable");

    private final PowermanClient client;
    private List<String> nodes = List.of();

    PowermanSession(PowermanClient client) {
        this.client = client;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        Map<String, String> states = client.states();
        if (states.isEmpty()) throw new IOException("powerman has no nodes; define some in powerman.conf");
        report.set("device.mfr", "Powerman");
        report.set("device.type", "pdu");
        report.set("ups.mfr", "Powerman");
        report.set("ups.model", "unknown PDU");
        report.set("outlet.count", Integer.toString(states.size()));
        var now = new ArrayList<String>(states.keySet());
        for (int number = now.size() + 1; number <= nodes.size(); number++) remove(report, number);
        nodes = List.copyOf(now);
        for (int i = 0; i < nodes.size(); i++) {
            String outlet = "outlet." + (i + 1);
            report.set(outlet + ".id", Integer.toString(i + 1));
            report.set(outlet + ".desc", nodes.get(i));
            report.set(outlet + ".status", states.getOrDefault(nodes.get(i), "unknown"));
            report.set(outlet + ".switchable", "yes");
            for (String action : List.of("on", "off", "cycle")) report.command(outlet + ".load." + action);
        }
    }

    private static void remove(Report report, int number) {
        for (String part : PARTS) report.remove("outlet." + number + "." + part);
        for (String action : List.of("on", "off", "cycle"))
            report.removeCommand("outlet." + number + ".load." + action);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        Matcher matcher = COMMAND.matcher(command);
        if (!matcher.matches()) return Outcome.unknown();
        int number = Integer.parseInt(matcher.group(1));
        if (number < 1 || number > nodes.size()) return Outcome.unknown();
        return client.switchNode(matcher.group(2), nodes.get(number - 1));
    }

    @Override
    public void close() {
        client.close();
    }
}
