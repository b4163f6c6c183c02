package org.cobnut.scan.program;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import org.cobnut.scan.Scanner;

/** Runs nut-scanner with the scanners that ServiceLoader finds. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        // Names are bytes to NUT: they leave as they came.
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.ISO_8859_1);
        List<Scanner> scanners = ServiceLoader.load(Scanner.class).stream()
                .<Scanner>map(ServiceLoader.Provider::get)
                .toList();
        int status = new NutScanner(scanners, out, System.err).run(List.of(args));
        out.flush();
        System.exit(status);
    }
}
