package org.cobnut.cli.client;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.cli.terminal.FailureText;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.Auth;
import org.cobnut.client.Connection;
import org.cobnut.client.NutException;
import org.cobnut.program.ProgramFailure;

/** Sends a request of upscmd or upsrw with its login, and waits for the result with -w. */
public final class TrackedRequest {
    /** The request itself: brings the tracking id. */
    interface Sending {
        Optional<String> send() throws IOException;
    }

    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Options options;
    private final Terminal terminal;
    private final Connection connection;
    private final Auth auth;

    TrackedRequest(Options options, Terminal terminal, Connection connection, Auth auth) {
        this.auth = auth;
        this.options = options;
        this.terminal = terminal;
        this.connection = connection;
    }

    /** The seconds of -t. */
    static long timeout(Options options) throws ProgramFailure {
        String text = options.value('t', "10");
        boolean number = !text.isEmpty() && text.length() < 10;
        for (int i = 0; i < text.length(); i++) number &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        if (number) return Long.parseLong(text);
        throw new ProgramFailure(
                "Could not convert the provided value for timeout ('-t' option) to unsigned int: Invalid argument");
    }

    /** Sends who is asking: from -u and -p, else from nutauth.conf, else asked on the terminal. */
    void identify() throws ProgramFailure, IOException {
        String login = System.getProperty("user.name", "");
        Optional<String> known = options.has('u') ? Optional.of(options.value('u', "")) : auth.user();
        String user = known.isPresent()
                ? known.get()
                : terminal.ask("Username (" + login + "): ").orElseThrow(TrackedRequest::noInput);
        if (known.isEmpty() && user.isEmpty()) user = login;
        Optional<String> secret = options.has('p') ? Optional.of(options.value('p', "")) : auth.password();
        String password = secret.isPresent()
                ? secret.get()
                : terminal.secret("Password: ").orElseThrow(TrackedRequest::noInput);
        try {
            connection.username(user);
        } catch (NutException e) {
            throw new ProgramFailure("Set username failed: " + FailureText.reason(e));
        }
        try {
            connection.password(password);
        } catch (NutException e) {
            throw new ProgramFailure("Set password failed: " + FailureText.reason(e));
        }
    }

    /** Sends the request; {@code what} names it in the text of a server that knows no tracking. */
    void give(String what, long timeout, Sending request) throws ProgramFailure, IOException {
        boolean wait = options.has('w');
        if (wait) track(what);
        Optional<String> id;
        try {
            id = request.send();
        } catch (NutException e) {
            throw new ProgramFailure("Unexpected response from upsd: ERR " + e.code());
        }
        if (wait && id.isPresent()) terminal.err(result(id.get(), timeout));
        else passedOn();
    }

    private void track(String what) throws ProgramFailure, IOException {
        try {
            connection.tracking(true);
        } catch (NutException e) {
            throw new ProgramFailure("Enabling " + what + " status tracking failed. upsd answered: ERR " + e.code());
        }
    }

    private void passedOn() {
        terminal.err("OK");
        if (!terminal.env("NUT_QUIET_OK_NOTRACKING").equalsIgnoreCase("true"))
            terminal.err(
                    "Note: OK says that the driver was told, not that it was done; option -w waits for the result");
    }

    /** The last word on a request, which an ERR is as well. */
    private String result(String id, long seconds) throws ProgramFailure, IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long pause = FIRST;
        try {
            while (true) {
                Optional<String> result = connection.result(id);
                if (result.isPresent()) return result.get();
                long left = deadline - System.nanoTime();
                if (left <= 0) throw new ProgramFailure("Can't receive status tracking information: timeout");
                LockSupport.parkNanos(Math.min(pause, left));
                pause = Math.min(2 * pause, SECOND);
            }
        } catch (NutException e) {
            return "ERR " + e.code();
        }
    }

    static ProgramFailure noInput() {
        return new ProgramFailure("Error reading from stdin!");
    }
}
