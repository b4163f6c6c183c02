package org.cobnut.conf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code nutctl config check}: what a start or a reload would say of the files in a directory, without doing it. */
public final class Check {
    private Check() {}

    /** Prints each fault; exits 0 when a reload would take the files over, else 1. */
    public static void main(String[] args) {
        String wrong = wrong(args);
        if (!wrong.isEmpty()) {
            System.err.println("nutctl config check: " + wrong + "; usage: nutctl config check [DIR]");
            System.exit(1);
        }
        Path directory = Path.of(args.length > 0 ? args[0] : System.getProperty("cobnut.confpath", "/etc/nut"));
        List<Fault> faults = new NutFiles(directory).look().faults();
        faults.forEach(System.out::println);
        boolean good = Fault.grave(faults).isEmpty();
        System.out.println(
                good ? directory + ": no errors" : directory + ": a reload would be refused, and change nothing");
        System.exit(good ? 0 : 1);
    }

    /** What is wrong with these words; empty when nothing is. */
    static String wrong(String... args) {
        if (args.length > 1) return "unexpected word \"" + args[1] + '"';
        if (args.length == 1 && args[0].startsWith("-")) return "invalid option " + args[0];
        return args.length == 0 || Files.isDirectory(Path.of(args[0])) ? "" : args[0] + " is not a directory";
    }
}
