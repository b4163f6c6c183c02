package org.cobnut.wire;

import java.io.EOFException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Says in words why something failed. Java's own text is often a bare path, a bare word, or nothing at all; a message to a
 * person names the thing first, and then takes the cause from here.
 */
public final class ErrorText {
    private static final String RUN = "Cannot run program ";
    private static final String NUMBER = "For input string: ";
    private static final String SOCKET_PATH = "Unix domain path too long";

    private ErrorText() {}

    /** Names the cause, without the file or host that the failure may carry: "no such file or directory". Never empty. */
    public static String of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof FileSystemException file) return file(file);
        String known = connection(cause);
        if (!known.isEmpty()) return known;
        String message = cause.getMessage();
        if (message == null || message.isBlank()) return "no reason is given (" + kind(cause) + ")";
        if (cause instanceof NumberFormatException)
            return message.startsWith(NUMBER) ? message.substring(NUMBER.length()) + " is not a number" : message;
        if (cause instanceof CharacterCodingException) return "the text is not valid in its encoding";
        if (cause instanceof ZipException) return "it is not a complete jar or zip file (" + message + ")";
        if (message.startsWith(SOCKET_PATH))
            return "the path is too long for a socket: a system takes about 100 characters";
        if (message.startsWith(RUN) && message.contains("error=")) return started(message);
        // A sentence stands for itself; a bare word or path means something only beside the kind of failure.
        return message.indexOf(' ') < 0 ? kind(cause) + " (" + message + ")" : message;
    }

    /** The same behind the file that the failure carries, if it does: "/run/x: permission denied". */
    public static String withFile(Throwable failure) {
        return unwrapped(failure) instanceof FileSystemException carrier && carrier.getFile() != null
                ? carrier.getFile() + ": " + of(carrier)
                : of(failure);
    }

    private static String file(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) return "no such file or directory";
        if (failure instanceof AccessDeniedException) return "permission denied";
        if (failure instanceof FileAlreadyExistsException) return "it exists already";
        if (failure instanceof NotDirectoryException) return "it is not a directory";
        if (failure instanceof DirectoryNotEmptyException) return "the directory is not empty";
        if (failure instanceof FileSystemLoopException) return "its links lead in a circle";
        String reason = failure.getReason();
        return reason == null || reason.isBlank() ? "the file system refuses (" + kind(failure) + ")" : reason;
    }

    /** Empty for what has not to do with a connection. */
    private static String connection(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            String message = failure.getMessage();
            // Its message is the name, or the name and what the resolver says.
            return message == null
                    ? "the host is not known"
                    : "host " + message.replaceFirst(":.*", "") + " is not known";
        }
        if (failure instanceof UnresolvedAddressException) return "the host is not known";
        if (failure instanceof SocketTimeoutException) return "no answer in time";
        if (failure instanceof EOFException) return "it ended too early";
        if (failure instanceof ClosedByInterruptException) return "interrupted";
        return failure instanceof ClosedChannelException ? "the connection is closed" : "";
    }

    /** Of {@code Cannot run program "x": error=2, No such file or directory}, what the system says. */
    private static String started(String message) {
        int code = message.lastIndexOf("error=");
        int comma = message.indexOf(", ", code);
        return comma < 0 ? message : message.substring(comma + 2);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        for (Throwable next = wrapped(cause); next != null; next = wrapped(cause)) cause = next;
        return cause;
    }

    private static @Nullable Throwable wrapped(Throwable failure) {
        boolean wrapper = failure instanceof UncheckedIOException
                || failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure instanceof InvocationTargetException;
        return wrapper ? failure.getCause() : null;
    }

    /** A class name such as {@code SocketException}, which helps us when we read a log. */
    private static String kind(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
