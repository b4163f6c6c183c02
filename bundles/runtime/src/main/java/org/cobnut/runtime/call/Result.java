package org.cobnut.runtime.call;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.cobnut.recall.Recalled;
import org.jspecify.annotations.Nullable;

/** How foreign code ended: with a value, or with whatever it threw, errors of the JVM included. */
public record Result<T>(@Nullable T value, @Nullable Throwable failure) {
    /** Runs foreign code here and now; never throws. */
    public static <T> Result<T> of(Callable<T> body) {
        var task = new FutureTask<>(body);
        task.run();
        boolean interrupted = Thread.interrupted();
        try {
            return new Result<>(task.get(), null);
        } catch (ExecutionException e) {
            return new Result<>(null, e.getCause());
        } catch (InterruptedException | CancellationException e) {
            return new Result<>(null, e);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    /** One line for the log and the console. */
    public static String reason(Throwable failure) {
        String message = failure.getMessage();
        // Java's file system says only which file, and by its class what is the matter with it.
        if (failure instanceof NoSuchFileException) return "no such file: " + message;
        if (failure instanceof AccessDeniedException) return "permission denied: " + message;
        boolean said = failure instanceof IOException
                || failure instanceof MisconfiguredException
                || failure instanceof Recalled;
        if (said && message != null && !message.isBlank()) return message;
        String kind = failure.getClass().getSimpleName();
        String what = message == null || message.isBlank() ? kind : kind + ": " + message;
        return (said ? "it cannot be read (" : "a fault in its driver (") + what + ")";
    }
}
