package org.cobnut.upsmon;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs that were started and are not waited for. They are bounded in number and in time: who hangs longest is ended. */
final class Children {
    private static final int MOST = 64;

    private final long minutes;
    private final Deque<Process> alive = new ArrayDeque<>();

    Children(long minutes) {
        this.minutes = minutes;
    }

    /** Starts a program; its output is ours, its input is the text. */
    void start(List<String> command, Map<String, String> environment, String input) throws IOException {
        var builder =
                new ProcessBuilder(command).redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
        builder.environment().putAll(environment);
        if (input.isEmpty()) builder.redirectInput(Redirect.from(new java.io.File("/dev/null")));
        Process process = builder.start();
        keep(process);
        if (!input.isEmpty())
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8)); // less than a pipe holds
            }
    }

    /** Waits until all have ended, and no longer than that. */
    void await(long millis) {
        CompletableFuture<Void> ended = CompletableFuture.allOf(ends());
        ended.completeOnTimeout(null, Math.max(0, millis), TimeUnit.MILLISECONDS)
                .join();
    }

    private synchronized CompletableFuture<?>[] ends() {
        return alive.stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new);
    }

    private synchronized void keep(Process process) {
        alive.removeIf(each -> !each.isAlive());
        if (alive.size() == MOST) end(alive.removeFirst());
        alive.addLast(process);
        process.onExit().orTimeout(minutes, TimeUnit.MINUTES).whenComplete((ended, late) -> {
            if (late != null) end(process);
        });
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
