package org.cobnut.drivers.snmp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.link.NoAnswerException;
import org.cobnut.model.Outcome;
import org.cobnut.table.RowOrigin;
import org.cobnut.table.Table;
import org.cobnut.table.TableSession;

/** One agent, and the devices that are chained to it: each of these is a table session of its own. */
final class SnmpSession implements Session {
    /** Devices of one chain; more are left out. */
    private static final int MOST_MEMBERS = 32;

    private static final Pattern MEMBER = Pattern.compile("device\\.(\\d{1,2})\\.(.+)");

    private final SnmpWire wire;
    private final Table<Address> table;
    private final String version;
    private final Optional<String> chain;
    private final List<TableSession<Address>> members = new ArrayList<>();

    /**
     * A session.
     *
     * @param version as driver.version.data shows the mapping
     * @param chain the variable that counts the devices
     */
    SnmpSession(SnmpWire wire, Table<Address> table, String version, Optional<String> chain) {
        this.wire = wire;
        this.table = table;
        this.version = version;
        this.chain = chain;
        members.add(new TableSession<>(wire, table));
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        try {
            read(due);
        } catch (NoAnswerException silence) {
            throw new IOException(
                    "the device does not answer over SNMP: " + silence.getMessage()
                            + "; check its address, and the community or the user",
                    silence);
        }
        report.set("driver.version.data", version);
        if (members.size() == 1) members.get(0).publish(report);
        else for (int i = 0; i < members.size(); i++) members.get(i).publish(new MemberReport(report, i + 1));
        if (members.size() > 1) report.set(chain.orElse("device.count"), Integer.toString(members.size()));
    }

    private void read(Due due) throws IOException {
        members.get(0).read(due);
        int count = chain.flatMap(name -> members.get(0).known().number(name))
                .map(number -> (int) Math.max(1, Math.min(MOST_MEMBERS, number)))
                .orElse(1);
        while (members.size() < count) members.add(new TableSession<>(wire.member(members.size() + 1), table));
        for (int i = 1; i < members.size(); i++) members.get(i).read(due);
    }

    /** Where what it shows comes from. */
    List<RowOrigin> origins() {
        return members.get(0).origins();
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return ofMember(variable, (member, name) -> member.set(name, value));
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return ofMember(command, (member, name) -> member.run(name, argument));
    }

    /** What a member is asked to do. */
    private interface Action {
        Outcome on(TableSession<Address> member, String name) throws IOException;
    }

    private Outcome ofMember(String name, Action action) throws IOException {
        Matcher matcher = MEMBER.matcher(name);
        if (members.size() == 1 || !matcher.matches()) return action.on(members.get(0), name);
        int number = Integer.parseInt(matcher.group(1));
        if (number < 1 || number > members.size()) return Outcome.unknown();
        TableSession<Address> member = members.get(number - 1);
        Outcome outcome = action.on(member, matcher.group(2));
        return outcome.code() == Outcome.Code.UNKNOWN ? action.on(member, "device." + matcher.group(2)) : outcome;
    }

    @Override
    public void close() {
        wire.close();
    }
}
