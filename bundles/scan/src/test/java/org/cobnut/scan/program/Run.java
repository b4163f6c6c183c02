package org.cobnut.scan.program;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import org.cobnut.scan.Scanner;

/** nut-scanner within this process, with the scanners that a program finds. */
record Run(String out, String err, int exit) {
    static Run of(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        List<Scanner> scanners = ServiceLoader.load(Scanner.class).stream()
                .<Scanner>map(ServiceLoader.Provider::get)
                .toList();
        int exit = new NutScanner(scanners, print(out), print(err)).run(List.of(args));
        return new Run(out.toString(StandardCharsets.ISO_8859_1), err.toString(StandardCharsets.ISO_8859_1), exit);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.ISO_8859_1);
    }
}
