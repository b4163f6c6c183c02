package org.cobnut.scan.program;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.cobnut.scan.Scanner;

/** nut-scanner within this process, with the scanners that a program finds. */
record Run(String out, String err, int exit) {
    static Run of(String... args) {
        return with(scanner -> true, args);
    }

    /** A run that sends nothing to the networks of this machine. */
    static Run quiet(String... args) {
        return with(
                scanner ->
                        !scanner.kind().equals(Scanner.XML) && !scanner.kind().equals(Scanner.AVAHI),
                args);
    }

    private static Run with(Predicate<Scanner> wanted, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        List<Scanner> scanners = ServiceLoader.load(Scanner.class).stream()
                .<Scanner>map(ServiceLoader.Provider::get)
                .filter(wanted)
                .toList();
        int exit = new NutScanner(scanners, print(out), print(err)).run(List.of(args));
        return new Run(out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.ISO_8859_1), exit);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.ISO_8859_1);
    }
}
