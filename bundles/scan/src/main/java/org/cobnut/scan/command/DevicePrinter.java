package org.cobnut.scan.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.text.SectionWriter;
import org.cobnut.wire.Columns;

/** Prints each device as soon as it is found, as a section of ups.conf behind comments on what it is; and keeps them as a list. */
final class DevicePrinter implements ScanReport {
    private final PrintStream out;
    private final List<String> drivers;
    private final SectionWriter writer = new SectionWriter();
    private final List<String> problems = new ArrayList<>();
    private final Columns list = new Columns("KIND", "PORT", "DRIVER", "DESCRIPTION");
    private int count;

    /** @param drivers that are offered here */
    DevicePrinter(PrintStream out, List<String> drivers) {
        this.out = out;
        this.drivers = List.copyOf(drivers);
    }

    @Override
    public synchronized void found(FoundDevice device) {
        count++;
        list.row(device.kind(), device.port(), device.driver().orElse("-"), device.description());
        for (FoundDevice.Setting setting : device.settings())
            if (setting.comment().isEmpty())
                list.with(setting.name(), setting.value().orElse(""));
        out.print(text(device));
        out.println();
        out.flush();
    }

    @Override
    public synchronized void problem(String text) {
        problems.add(SectionWriter.plain(text));
    }

    /** The devices as rows with their options, and what could not be looked at. */
    synchronized Columns list() {
        problems.forEach(problem -> list.note("Warning: " + problem));
        return list;
    }

    /** How many devices were found, and what could not be looked at. */
    synchronized String summary() {
        var text = new StringBuilder(count == 0 ? "Nothing was found." : count + " found.");
        problems.forEach(problem -> text.append("\nWarning: ").append(problem));
        return text.toString();
    }

    private String text(FoundDevice device) {
        String about = device.description().isEmpty() ? "" : ": " + SectionWriter.plain(device.description());
        if (device.driver().isEmpty())
            return "# " + SectionWriter.plain(device.port()) + about + "; not asked what is there, see: nutctl scan "
                    + device.kind() + ' ' + SectionWriter.plain(device.port()) + '\n';
        String driver = device.driver().get();
        String missing = drivers.contains(driver)
                ? ""
                : "# no bundle here offers the driver " + SectionWriter.plain(driver) + "; see: nutctl drivers\n";
        return "# " + SectionWriter.plain(device.port()) + about + '\n' + missing + writer.sections(List.of(device));
    }
}
