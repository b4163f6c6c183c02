package org.cobnut.conf.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.text.Fault;
import org.cobnut.wire.Columns;

/**
 * Runs {@code nutctl config check}: prints what a start or a reload would report about the files in a directory,
 * without doing either.
 */
public final class CheckProgram {
    private CheckProgram() {}

    /** Prints each fault and each warning; exits 1 when there is a fault, else 0. */
    public static void main(String[] args) {
        var words = new ArrayList<>(List.of(args));
        boolean json = words.remove("--json");
        String wrong = wrong(words);
        if (!wrong.isEmpty()) {
            System.err.println("nutctl config check: " + wrong + "; usage: nutctl config check [--json] [DIR]");
            System.exit(1);
        }
        Path directory = Path.of(!words.isEmpty() ? words.get(0) : System.getProperty("cobnut.confpath", "/etc/nut"));
        var files = new NutFiles(directory);
        List<Fault> faults = faults(files);
        int errors = Fault.grave(faults).size();
        if (json) {
            System.out.println(json(faults));
            System.exit(errors == 0 ? 0 : 1);
        }
        faults.forEach(System.out::println);
        String end = faults.isEmpty() ? "no errors" : "no errors, but warnings";
        if (errors > 0)
            end = "%d %s: a start leaves these lines out, a reload refuses what is new among them"
                    .formatted(errors, errors == 1 ? "error" : "errors");
        System.out.println(directory + ": " + end);
        System.exit(errors == 0 ? 0 : 1);
    }

    /** All that is wrong with the files as they are, or odd about them. */
    public static List<Fault> faults(NutFiles files) {
        return faults(files.readDisk(), files);
    }

    /** The same of files that were read, or that would be so. */
    public static List<Fault> faults(DiskState diskState, NutFiles files) {
        var faults = new ArrayList<>(diskState.faults());
        faults.addAll(CrossCheck.of(diskState, files));
        faults.addAll(ListenCheck.of(diskState));
        return faults;
    }

    static String json(List<Fault> faults) {
        var columns = new Columns("FILE", "LINE", "SEVERITY", "REASON");
        for (Fault fault : faults)
            columns.row(fault.file(), String.valueOf(fault.line()), fault.grave() ? "error" : "warning", fault.reason())
                    .with("line", Optional.of(fault.line()).filter(line -> line > 0));
        return columns.json();
    }

    /** What is wrong with these words; empty when nothing is. */
    public static String wrong(List<String> words) {
        if (words.size() > 1) return "unexpected word \"" + words.get(1) + '"';
        if (words.isEmpty()) return "";
        String word = words.get(0);
        if (word.startsWith("-")) return "invalid option " + word;
        return Files.isDirectory(Path.of(word)) ? "" : word + " is not a directory";
    }
}
