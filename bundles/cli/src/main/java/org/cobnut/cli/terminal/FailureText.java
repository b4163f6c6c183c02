package org.cobnut.cli.terminal;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;
import org.cobnut.client.NutException;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.ErrorText;

/** Says why a request or a file failed, in the words of NUT's client library and of the system. */
public final class FailureText {
    private static final String UNKNOWN = "Unknown error";

    private FailureText() {}

    /** Says why a request failed, in the words of NUT's client library. */
    public static String reason(IOException e) {
        if (e instanceof NutException answer)
            return answer.error().isPresent() ? reason(answer.error().get()) : UNKNOWN;
        if (e instanceof UnknownHostException) return "No such host";
        if (e instanceof ConnectException || e instanceof SSLException) return "Connection failure: " + ErrorText.of(e);
        if (e instanceof EOFException || e instanceof SocketTimeoutException) return "Server disconnected";
        if (e instanceof ProtocolException) return "Protocol error";
        return e instanceof FileSystemException ? ErrorText.withFile(e) : "Read error: " + ErrorText.of(e);
    }

    /** Says why a file cannot be used, in the system's words. */
    public static String file(IOException e) {
        if (e instanceof NoSuchFileException) return "No such file or directory";
        if (e instanceof AccessDeniedException) return "Permission denied";
        return ErrorText.of(e);
    }

    private static String reason(ErrorCode code) {
        return switch (code) {
            case VAR_NOT_SUPPORTED -> "Variable not supported by UPS";
            case UNKNOWN_UPS -> "Unknown UPS";
            case ACCESS_DENIED -> "Access denied";
            case PASSWORD_REQUIRED -> "Password required";
            case USERNAME_REQUIRED -> "Username required";
            case INVALID_PASSWORD -> "Invalid password";
            case INVALID_USERNAME -> "Invalid username";
            case UNKNOWN_COMMAND -> "Unknown command";
            case INVALID_VALUE -> "Invalid value for variable";
            case CMD_NOT_SUPPORTED -> "Instant command not supported";
            case ALREADY_LOGGED_IN -> "Already logged in";
            case ALREADY_SET_PASSWORD -> "Already set password";
            case ALREADY_SET_USERNAME -> "Already set username";
            case DATA_STALE -> "Data stale";
            case INSTCMD_FAILED -> "Instant command failed";
            case SET_FAILED -> "Set command failed";
            case DRIVER_NOT_CONNECTED -> "Driver not connected";
            case TOO_LONG -> "New value is too long";
            case INVALID_ARGUMENT -> "Invalid argument";
            case READONLY -> "Read-only variable";
            default -> UNKNOWN;
        };
    }
}
