package org.cobnut.conf.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.text.Fault;

/**
 * Runs {@code nutctl config check}: prints what a start or a reload would report about the files in a directory,
 * without doing either.
 */
public final class CheckProgram {
    private CheckProgram() {}

    /** Prints each fault and each warning; exits 1 when there is a fault, else 0. */
    public static void main(String[] args) {
        String wrong = wrong(args);
        if (!wrong.isEmpty()) {
            System.err.println("nutctl config check: " + wrong + "; usage: nutctl config check [DIR]");
            System.exit(1);
        }
        Path directory = Path.of(args.length > 0 ? args[0] : System.getProperty("cobnut.confpath", "/etc/nut"));
        var files = new NutFiles(directory);
        List<Fault> faults = faults(files);
        faults.forEach(System.out::println);
        int errors = Fault.grave(faults).size();
        String end = faults.isEmpty() ? "no errors" : "no errors, but warnings";
        if (errors > 0)
            end = "%d %s: a start leaves these lines out, a reload refuses what is new among them"
                    .formatted(errors, errors == 1 ? "error" : "errors");
        System.out.println(directory + ": " + end);
        System.exit(errors == 0 ? 0 : 1);
    }

    /** All that is wrong with the files as they are, or odd about them. */
    public static List<Fault> faults(NutFiles files) {
        DiskState diskState = files.readDisk();
        var faults = new ArrayList<>(diskState.faults());
        faults.addAll(CrossCheck.of(diskState, files));
        faults.addAll(ListenCheck.of(diskState));
        return faults;
    }

    /** What is wrong with these words; empty when nothing is. */
    public static String wrong(String... args) {
        if (args.length > 1) return "unexpected word \"" + args[1] + '"';
        if (args.length == 1 && args[0].startsWith("-")) return "invalid option " + args[0];
        return args.length == 0 || Files.isDirectory(Path.of(args[0])) ? "" : args[0] + " is not a directory";
    }
}
