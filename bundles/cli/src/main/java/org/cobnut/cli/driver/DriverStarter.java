package org.cobnut.cli.driver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cobnut.cli.driver.UpsConf.Section;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.wire.ErrorText;

/** Runs drivers' programs, and waits until they are in the background or have failed. */
public final class DriverStarter {
    private static final int START_SECONDS = 75;
    private static final int RETRY_SECONDS = 5;

    private final Options options;
    private final Terminal terminal;
    private final DriverPath path;
    private final boolean patient;
    private final List<Process> foreground = new ArrayList<>();

    /** @param patient whether to wait for a driver at all */
    DriverStarter(Options options, Terminal terminal, DriverPath path, boolean patient) {
        this.options = options;
        this.terminal = terminal;
        this.path = path;
        this.patient = patient;
    }

    /** Starts the driver, as often as maxretry allows; whether it serves, as far as was waited for. */
    boolean start(Section section) throws InterruptedException {
        int tries = Math.max(1, section.number("maxretry", 1));
        for (int i = 1; i <= tries; i++) {
            Result result = run(section, List.of());
            if (result != Result.FAILED) return result == Result.DONE;
            if (i < tries) TimeUnit.SECONDS.sleep(Math.max(0, section.number("retrydelay", RETRY_SECONDS)));
        }
        return false;
    }

    /** Has the driver switch its UPS off; whether it could. */
    boolean shutdown(Section section) throws InterruptedException {
        return run(section, List.of("-k")) == Result.DONE;
    }

    /** Stays for as long as a driver that was started in the foreground does; how many of them have ended badly. */
    int awaitForeground() throws InterruptedException {
        int failures = 0;
        for (Process process : foreground) if (process.waitFor() != 0) failures++;
        return failures;
    }

    private enum Result {
        DONE,
        FAILED,
        /** No use in trying again. */
        HOPELESS
    }

    private Result run(Section section, List<String> more) throws InterruptedException {
        if (section.driver().isEmpty()) {
            terminal.err("UPS [" + section.name() + "] has no driver in ups.conf");
            return Result.HOPELESS;
        }
        Path program = path.program(section.driver().get());
        List<String> words = words(program, section, more);
        if (options.has('D') || options.has('t')) terminal.err("exec:  " + String.join(" ", words));
        if (options.has('t')) return Result.DONE;
        if (!Files.isExecutable(program)) {
            terminal.err("Can't start " + program + ": No such file or directory");
            return Result.HOPELESS;
        }
        if (more.isEmpty() && stays() && foreground.isEmpty()) endThemWithUs();
        try {
            Process process = new ProcessBuilder(words)
                    .inheritIO()
                    .redirectInput(new File("/dev/null"))
                    .start();
            return more.isEmpty() && stays() ? keep(process) : await(section, process);
        } catch (IOException e) {
            terminal.err("Can't start " + program + ": " + ErrorText.of(e));
            return Result.FAILED;
        }
    }

    /** Prepared before the first of them begins, so that we may be ended at any moment. */
    private static void endThemWithUs() {
        Runtime.getRuntime().addShutdownHook(new Thread(DriverStarter::endThem));
    }

    private static void endThem() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    }

    private Result keep(Process process) {
        foreground.add(process);
        return Result.DONE;
    }

    private Result await(Section section, Process process) throws InterruptedException {
        if (!patient) return Result.DONE;
        if (!process.waitFor(Math.max(1, section.number("maxstartdelay", START_SECONDS)), TimeUnit.SECONDS)) {
            terminal.err("Startup timer elapsed, continuing...");
            return Result.HOPELESS;
        }
        if (process.exitValue() == 0) return Result.DONE;
        terminal.err("Driver failed to start (exit status=" + process.exitValue() + ")");
        return Result.FAILED;
    }

    /** Tells whether the driver will not return before its end. */
    private boolean stays() {
        return !options.has('B') && (options.has('F') || (options.has('d') && options.has('D')));
    }

    private List<String> words(Path program, Section section, List<String> more) {
        var words = new ArrayList<>(List.of(program.toString(), "-a", section.name()));
        words.addAll(more);
        for (char letter : new char[] {'u', 'r'})
            if (options.has(letter)) words.addAll(List.of("-" + letter, options.value(letter, "")));
        for (int i = options.count('F'); i > 0; i--) words.add("-F");
        if (options.has('B')) words.add("-B");
        if (options.has('d')) for (int i = options.count('D'); i > 0; i--) words.add("-D");
        return words;
    }
}
