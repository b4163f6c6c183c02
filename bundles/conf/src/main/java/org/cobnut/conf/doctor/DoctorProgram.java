package org.cobnut.conf.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.conf.check.CheckProgram;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.schema.NotifyKeywords;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.Fault;
import org.cobnut.wire.Columns;

/**
 * Runs {@code nutctl doctor}: prints what keeps this machine from serving its UPSes, from shutting down in time, and from
 * switching them off, each with the line that mends it. Changes nothing. Reads udev's rules of the installed drivers from
 * standard input.
 */
public final class DoctorProgram {
    private static final Pattern NO_SECTION = Pattern.compile("ups\\.conf has no section \\[(.+)]");
    private static final Pattern COMMAND =
            Pattern.compile("^(NOTIFYCMD|SHUTDOWNCMD|CMDSCRIPT) (cannot run|is decided)");

    private DoctorProgram() {}

    /** Exits with 0 when there is nothing to mend but advice, else with 1. */
    public static void main(String[] args) throws IOException {
        var words = new ArrayList<>(List.of(args));
        boolean json = words.remove("--json");
        String wrong = CheckProgram.wrong(words);
        if (!wrong.isEmpty()) {
            System.err.println("nutctl doctor: " + wrong + "; usage: nutctl doctor [--json] [DIR]");
            System.exit(1);
        }
        Path conf = Path.of(!words.isEmpty() ? words.get(0) : System.getProperty("cobnut.confpath", "/etc/nut"));
        Path home = Path.of(System.getProperty("cobnut.home", "/opt/cobnut"));
        List<String> rules = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .toList();
        List<Finding> findings = findings(new Machine(Path.of("/")), conf, home, rules, Instant.now());
        long errors = findings.stream().filter(Finding::grave).count();
        if (json) System.out.println(json(findings));
        else {
            findings.forEach(System.out::println);
            System.out.println(
                    findings.isEmpty()
                            ? "nothing to mend"
                            : "%d to mend, %d to consider".formatted(errors, findings.size() - errors));
        }
        System.exit(errors == 0 ? 0 : 1);
    }

    static String json(List<Finding> findings) {
        return columns(findings).json();
    }

    static Columns columns(List<Finding> findings) {
        var columns = new Columns("SEVERITY", "PROBLEM", "MEND");
        findings.forEach(
                finding -> columns.row(finding.grave() ? "error" : "advice", finding.problem(), finding.mend()));
        return columns;
    }

    /** All that is found, what is grave first. */
    static List<Finding> findings(Machine machine, Path conf, Path home, List<String> rules, Instant now) {
        var files = new NutFiles(conf);
        DiskState disk = files.readDisk();
        var findings = new ArrayList<Finding>();
        for (Fault fault : CheckProgram.faults(files)) findings.add(finding(conf, fault));
        var devices = new DeviceChecks(machine);
        findings.addAll(devices.usb(rules));
        disk.of(Schema.UPS_CONF)
                .map(ups -> new DeviceChecks(machine).ports(ups))
                .ifPresent(findings::addAll);
        var system = new SystemChecks(machine, home, now);
        system.user();
        system.clock();
        disk.of(Schema.UPSD_CONF).ifPresent(upsd -> system.certificate(upsd, conf));
        disk.of(Schema.UPSMON_CONF).ifPresent(system::powerOff);
        disk.of(Schema.NOTIFY_CONF).ifPresent(notify -> findings.addAll(kinds(notify)));
        findings.addAll(system.findings());
        findings.sort((one, other) -> Boolean.compare(other.grave(), one.grave()));
        return findings;
    }

    /** Targets of kinds that the distribution has no bundle for; a vendor's may be there. */
    private static List<Finding> kinds(ParsedFile notify) {
        return notify.sections().stream()
                .filter(target -> !NotifyKeywords.kinds()
                        .contains(String.valueOf(target.values().get("kind"))))
                .map(target -> new Finding(
                        false,
                        "target [%s] of notify.conf is of kind %s, which only another bundle can have brought"
                                .formatted(target.name(), target.values().get("kind")),
                        "nutctl notify list says whether it is there; mail, webhook and exec are always there"))
                .toList();
    }

    /** What protection depends on is grave here, though a start goes on without it. */
    private static Finding finding(Path conf, Fault fault) {
        boolean protects = fault.reason().startsWith("MONITOR ")
                || COMMAND.matcher(fault.reason()).find()
                || fault.reason().contains("is never met");
        return new Finding(
                fault.grave() || protects,
                conf.resolve(fault.file())
                        + fault.toString().substring(fault.file().length()),
                mend(conf, fault));
    }

    private static String mend(Path conf, Fault fault) {
        Matcher section = NO_SECTION.matcher(fault.reason());
        if (section.find())
            return "nutctl config add-device " + section.group(1) + " DRIVER PORT (nutctl scan finds both)";
        if (fault.reason().contains("upsd.users has no user"))
            return "nutctl config add-user NAME password=PASSWORD upsmon=primary, with name and password of that line";
        if (fault.reason().contains("is no primary") || fault.reason().contains("has no 'upsmon' line"))
            return "nutctl config set upsd.users NAME upsmon primary";
        if (fault.reason().contains("readable"))
            return "chown root:nut " + conf.resolve(fault.file()) + " && chmod 0640 " + conf.resolve(fault.file());
        return "edit " + (fault.line() == 0 ? "" : "line " + fault.line() + " of ") + conf.resolve(fault.file())
                + ", then: nutctl config check";
    }
}
