package org.cobnut.upssched;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * CMDSCRIPT (upssched.conf(5)): its own words, then what it is told. Started and not waited for, so that one that hangs
 * delays no other; bounded in number, and whoever hangs longest is ended then.
 */
final class Scripts {
    private static final int MOST = 64;
    private static final List<String> OURS = List.of("UPSNAME", "NOTIFYTYPE", "NOTIFYMSG");

    private final Consumer<String> log;
    private final Deque<Process> alive = new ArrayDeque<>();

    Scripts(Consumer<String> log) {
        this.log = log;
    }

    void start(List<String> script, String told, Map<String, String> environment) {
        log.accept("Executing command: " + told);
        try {
            Process process = builder(script, told, environment).start();
            keep(process);
            process.onExit().thenAccept(ended -> judge(told, ended.exitValue()));
        } catch (IOException failed) {
            log.accept("Cannot run CMDSCRIPT %s: %s".formatted(script.get(0), failed.getMessage()));
        }
    }

    /** Starts it and waits for its end. */
    void run(List<String> script, String told, Map<String, String> environment) throws InterruptedException {
        log.accept("Executing command: " + told);
        try {
            judge(told, builder(script, told, environment).start().waitFor());
        } catch (IOException failed) {
            log.accept("Cannot run CMDSCRIPT %s: %s".formatted(script.get(0), failed.getMessage()));
        }
    }

    private void judge(String told, int code) {
        if (code != 0) log.accept("CMDSCRIPT ended with %d for %s".formatted(code, told));
    }

    private static ProcessBuilder builder(List<String> script, String told, Map<String, String> environment) {
        var command = new ArrayList<>(split(script));
        command.add(told);
        var builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT);
        builder.environment().keySet().removeAll(OURS);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Before 2.8.6 the whole of CMDSCRIPT was one word, and a shell took it apart; so do we where it holds blanks. */
    private static List<String> split(List<String> script) {
        if (script.size() > 1 || Files.exists(Path.of(script.get(0)))) return script;
        return Stream.of(script.get(0).trim().split("\\s+")).toList();
    }

    private synchronized void keep(Process process) {
        alive.removeIf(each -> !each.isAlive());
        if (alive.size() == MOST) {
            Process oldest = alive.removeFirst();
            oldest.descendants().forEach(ProcessHandle::destroyForcibly);
            oldest.destroyForcibly();
        }
        alive.addLast(process);
    }
}
