package org.cobnut.launcher.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * Prints what the launcher itself has to say in the form of the log, which runs in the framework only (etc/logback.xml): with
 * date, severity and program; for systemd's journal with the severity alone; for NUT's programs alone with the program.
 */
public final class LaunchLog {
    /** What begins an error for systemd's journal (sd-daemon(3)). */
    public static final String JOURNAL_ERROR = "<3>";

    private static final String JOURNAL_WARNING = "<4>";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    private final String program;
    private final boolean bare;
    private final boolean journal;
    private final PrintStream out;

    private LaunchLog(String program, boolean bare, boolean journal, PrintStream out) {
        this.program = program;
        this.bare = bare;
        this.journal = journal;
        this.out = out;
    }

    /** @param bare whether lines begin with the program alone, as those of NUT's programs do */
    public static LaunchLog of(String program, boolean bare, Map<String, String> environment, PrintStream out) {
        return new LaunchLog(program, bare, journal(environment), out);
    }

    /** Tells what ends this program, or something that it was to do. */
    public void error(String line) {
        print("ERROR", JOURNAL_ERROR, line);
    }

    /** Tells what it goes on in spite of. */
    public void warn(String line) {
        print("WARN ", JOURNAL_WARNING, line);
    }

    private void print(String severity, String priority, String line) {
        if (journal) out.println(priority + line.replace("\n", "\n" + priority));
        else if (bare) out.println(program + ": " + line);
        else
            out.println(DATE.format(ZonedDateTime.now(ZoneId.systemDefault())) + " " + severity + " " + program + ": "
                    + line);
    }

    /** Tells whether standard error is the stream that systemd named, which what a service starts inherits in any case. */
    public static boolean journal(Map<String, String> environment) {
        String stream = environment.getOrDefault("JOURNAL_STREAM", "");
        if (stream.isEmpty()) return false;
        try {
            Map<String, Object> error = Files.readAttributes(Path.of("/proc/self/fd/2"), "unix:dev,ino");
            return stream.equals(error.get("dev") + ":" + error.get("ino"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
