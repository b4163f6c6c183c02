package org.cobnut.drivers.snmp;

import java.time.Duration;
import org.cobnut.driver.Report;
import org.cobnut.model.VarType;

/** What one device of a chain says, under names that begin with {@code device.2.}. */
final class MemberReport implements Report {
    private static final String DEVICE = "device.";

    private final Report report;
    private final String prefix;
    private final String member;

    /** @param number from 1 */
    MemberReport(Report report, int number) {
        this.report = report;
        this.prefix = DEVICE + number + ".";
        this.member = "device " + number + ": ";
    }

    private String name(String name) {
        return prefix + (name.startsWith(DEVICE) ? name.substring(DEVICE.length()) : name);
    }

    @Override
    public void status(String word) {
        report.status(word);
    }

    @Override
    public void alarm(String sentence) {
        report.alarm(member + sentence);
    }

    @Override
    public void set(String name, String value) {
        report.set(name(name), value);
    }

    @Override
    public void set(String name, String value, VarType type) {
        report.set(name(name), value, type);
    }

    @Override
    public void remove(String name) {
        report.remove(name(name));
    }

    @Override
    public void command(String name) {
        report.command(name(name));
    }

    @Override
    public void removeCommand(String name) {
        report.removeCommand(name(name));
    }

    @Override
    public void stale(String reason) {
        report.stale(reason);
    }

    @Override
    public void again(Duration delay) {
        report.again(delay);
    }
}
