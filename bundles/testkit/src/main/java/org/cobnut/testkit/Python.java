package org.cobnut.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scripts in Python that do what Java cannot, such as opening a pseudo-terminal. */
public final class Python {
    private static final Path OF_THE_SYSTEM = Path.of("/usr/bin/python3");

    private Python() {}

    /**
     * The command of a script that needs nothing but the standard library. The system's own interpreter, without packages of
     * others, starts ten times as fast as one that a version manager chooses.
     */
    public static List<String> command(String... words) {
        var command = new ArrayList<String>();
        command.add(Files.isExecutable(OF_THE_SYSTEM) ? OF_THE_SYSTEM.toString() : "python3");
        command.addAll(List.of("-I", "-S"));
        command.addAll(List.of(words));
        return command;
    }
}
