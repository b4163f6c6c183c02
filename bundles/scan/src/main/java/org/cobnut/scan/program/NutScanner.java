package org.cobnut.scan.program;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.program.Getopt;
import org.cobnut.program.ProgramFailure;
import org.cobnut.scan.Scanner;
import org.cobnut.wire.Version;

/** Looks for devices as nut-scanner(8) does: its options, its output, its exit codes. */
final class NutScanner {
    private static final int WRONG_OPTION = 255;

    /** How the program names the kinds in the list of what it can scan, in its order. */
    private static final List<Map.Entry<String, String>> AVAILABLE = List.of(
            Map.entry(Scanner.NUT, "OLDNUT"),
            Map.entry(Scanner.USB, "USB"),
            Map.entry(Scanner.SNMP, "SNMP"),
            Map.entry(Scanner.XML, "XML"),
            Map.entry(Scanner.AVAHI, "AVAHI"),
            Map.entry(Scanner.IPMI, "IPMI"),
            Map.entry(Scanner.UPOWER, "UPOWER"),
            Map.entry(Scanner.SERIAL, "EATON_SERIAL"));

    /** Kinds in the order in which their devices are shown. */
    static final List<String> KINDS = List.of(
            Scanner.USB,
            Scanner.SNMP,
            Scanner.XML,
            Scanner.NUT,
            Scanner.SIMULATION,
            Scanner.AVAHI,
            Scanner.IPMI,
            Scanner.UPOWER,
            Scanner.SERIAL);

    /** What an option that nobody here can serve would have scanned. */
    private static final Map<Character, String> NEEDS = needs();

    private final Map<String, Scanner> scanners = new TreeMap<>();
    private final PrintStream out;
    private final PrintStream err;

    NutScanner(List<Scanner> scanners, PrintStream out, PrintStream err) {
        scanners.forEach(scanner -> this.scanners.put(scanner.kind(), scanner));
        this.out = out;
        this.err = err;
    }

    /** Runs it, and returns the exit code. */
    int run(List<String> args) {
        Getopt options = Getopt.parsePermuted(Arguments.LETTERS, Arguments.WORDS, args);
        var scan = new Scan(scanners, options.count('D'), out, err);
        try {
            for (Getopt.Given option : options.given()) {
                if (option.letter() == '?') return wrong("");
                String needed = NEEDS.getOrDefault(option.letter(), "");
                if (!needed.isEmpty() && !scanners.containsKey(needed)) return unavailable();
                if (answered(option.letter())) return 0;
                scan.take(option.letter(), option.value());
            }
            if (!options.fault().isEmpty()) return wrong(options.fault());
            scan.run();
            return 0;
        } catch (ProgramFailure e) {
            err.println(e.text());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Whether the option only asks for a text. */
    private boolean answered(char letter) {
        switch (letter) {
            case 'h' -> help();
            case 'V' -> out.println(Version.of("nut-scanner"));
            case 'a' -> {
                for (Map.Entry<String, String> each : AVAILABLE)
                    if (scanners.containsKey(each.getKey())) out.println(each.getValue());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private int wrong(String fault) {
        if (!fault.isEmpty()) err.println("nut-scanner: " + fault);
        unavailable();
        return WRONG_OPTION;
    }

    /** nut-scanner's answer to an option of a library that is missing: help, a warning, and no failure. */
    private int unavailable() {
        help();
        out.flush();
        err.print("""


                WARNING: Some error has occurred while processing 'nut-scanner' command-line
                arguments, see more details above the usage help text.

                """);
        return 0;
    }

    private void help() {
        out.print(Version.of("nut-scanner") + "\n\n" + Help.of(scanners.keySet()));
    }

    private static Map<Character, String> needs() {
        var needs = new TreeMap<Character, String>();
        needs.put('U', Scanner.USB);
        needs.put('M', Scanner.XML);
        needs.put('A', Scanner.AVAHI);
        needs.put('J', Scanner.UPOWER);
        for (char letter : "SclucWXwx".toCharArray()) needs.put(letter, Scanner.SNMP);
        for (char letter : "IbBdL".toCharArray()) needs.put(letter, Scanner.IPMI);
        return needs;
    }
}
