package org.cobnut.upssched;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.cobnut.upsmon.command.Command;
import org.cobnut.upsmon.command.CommandQueue;
import org.cobnut.wire.ErrorText;

/**
 * Runs CMDSCRIPT (upssched.conf(5)) with its own arguments and the name of the timer or command. Scripts of one UPS run
 * one after the other, as {@link CommandQueue} says; a script of a timer or of a shutdown notice waits for nothing.
 */
final class ScriptRunner implements AutoCloseable {
    private static final Set<String> SHUTDOWN = Set.of("FSD", "SHUTDOWN", "SHUTDOWN_HOSTSYNC");

    private final Consumer<String> log;
    private final CommandQueue queue;

    ScriptRunner(Consumer<String> log) {
        this.log = log;
        this.queue = new CommandQueue("upssched CMDSCRIPT", (command, fault) -> failed(command, fault));
    }

    /** Queues a script. Returns at once. */
    void start(List<String> script, String told, Event event) {
        queue.add(command(script, told, event, TimerScheduler.environment(event)));
    }

    /** Runs a script now, for a timer that ended. Returns at once. */
    void start(List<String> script, Timer timer) {
        log.accept("Executing command: " + timer.name());
        queue.add(new Command(
                String.join(",", timer.upses()), timer.name(), true, script, timer.name(), timer.environment(), ""));
    }

    /** Runs a script now and waits for its end. */
    void run(List<String> script, String told, Event event) throws InterruptedException {
        Command command = command(script, told, event, TimerScheduler.environment(event));
        try {
            int code = command.start().waitFor();
            if (code != 0) failed(command, "ended with " + code);
        } catch (IOException failed) {
            failed(command, "cannot be run: " + ErrorText.of(failed));
        }
    }

    /** Starts at once what waits; running scripts go on. */
    @Override
    public void close() {
        queue.close();
    }

    private Command command(List<String> script, String told, Event event, Map<String, String> environment) {
        log.accept("Executing command: " + told);
        return new Command(event.ups(), told, SHUTDOWN.contains(event.type()), script, told, environment, "");
    }

    private void failed(Command command, String fault) {
        log.accept("CMDSCRIPT %s %s, for %s".formatted(command.program().get(0), fault, command.kind()));
    }
}
