package org.cobnut.drivers.sim;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.client.Address;
import org.cobnut.client.Auth;
import org.cobnut.client.Connection;
import org.cobnut.client.NutException;
import org.cobnut.client.Ups;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Names;
import org.cobnut.model.Outcome;
import org.cobnut.model.Range;
import org.cobnut.model.VarType;
import org.cobnut.wire.ErrorCode;

/**
 * A device of another server. Every poll copies the values; types and commands are asked for again only when the names
 * of the variables are others. What is set or run here is set or run there, and ends as it ended there.
 */
final class RepeaterSession implements Session {
    /** How long the stock clients wait for the result of what they asked for. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private static final long BETWEEN_ASKING = TimeUnit.MILLISECONDS.toNanos(50);

    private final Connection connection;
    private final Ups ups;
    private final Shown shown = new Shown();
    private Map<String, String> last = Map.of();
    private Map<String, VarType> types = Map.of();
    private List<String> commands = List.of();

    private RepeaterSession(Connection connection, Ups ups) {
        this.connection = connection;
        this.ups = ups;
    }

    /** Connects, in TLS if a password is sent or anything is said of TLS, and says who is asking when there is a user. */
    static RepeaterSession open(Address address, Auth auth) throws IOException {
        Auth.Tls tls = auth.password().isPresent() ? auth.askingForTls().tls() : auth.tls();
        Connection connection = Connection.open(address, Connection.CONNECT, Connection.REPLY, tls);
        try {
            if (auth.user().isPresent()) connection.username(auth.user().get());
            if (auth.password().isPresent()) connection.password(auth.password().get());
            if (auth.user().isPresent() && auth.password().isPresent()) track(connection);
            return new RepeaterSession(connection, connection.ups(address.ups()));
        } catch (IOException e) {
            connection.abort();
            throw e;
        }
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        try {
            copy(report);
        } catch (NutException answer) {
            if (!answer.is(ErrorCode.DATA_STALE) && !answer.is(ErrorCode.DRIVER_NOT_CONNECTED)) throw answer;
            report.stale(says(answer));
        }
        shown.report(report, name -> types.getOrDefault(name, VarType.READ_ONLY));
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return outcome(() -> ups.set(variable, value));
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return outcome(() -> ups.run(command, Optional.of(argument).filter(text -> !text.isEmpty())));
    }

    @Override
    public void close() {
        connection.close();
    }

    private void copy(Report report) throws IOException {
        var now = new TreeMap<String, String>(Names.ORDER);
        now.putAll(ups.variables());
        now.keySet().removeIf(RepeaterSession::driversOwn);
        boolean others = !now.keySet().equals(last.keySet());
        if (others) {
            Map<String, VarType> newTypes = types();
            List<String> newCommands = new ArrayList<>(ups.commands());
            newCommands.removeIf(RepeaterSession::driversOwn);
            types = newTypes;
            for (String gone : commands) if (!newCommands.contains(gone)) report.removeCommand(gone);
            newCommands.forEach(report::command);
            commands = newCommands;
        }
        last = now;
        var all = new TreeMap<>(now);
        all.put(DummyUps.MODE, Mode.REPEATER.word);
        shown.replace(all, others);
    }

    private Map<String, VarType> types() throws IOException {
        var types = new TreeMap<String, VarType>(Names.ORDER);
        for (String name : ups.writable().keySet()) if (!driversOwn(name)) types.put(name, type(name));
        return types;
    }

    private VarType type(String name) throws IOException {
        boolean writable = false;
        OptionalInt length = OptionalInt.empty();
        List<String> choices = List.of();
        var ranges = new ArrayList<Range>();
        for (String word : ups.type(name)) {
            if (word.equals("RW")) writable = true;
            else if (word.equals("ENUM")) choices = ups.choices(name);
            else if (word.startsWith("STRING:")) length = OptionalInt.of(Math.toIntExact(number(word.substring(7))));
            else if (word.equals("RANGE"))
                for (Ups.Range range : ups.ranges(name))
                    ranges.add(new Range(number(range.min()), number(range.max())));
        }
        return VarType.READ_ONLY
                .writable(writable)
                .maxLength(length)
                .choices(choices)
                .ranges(ranges);
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("the other server's bound '" + text + "' is no number", e);
        }
    }

    private interface Call {
        Optional<String> get() throws IOException;
    }

    private Outcome outcome(Call call) throws IOException {
        try {
            Optional<String> id = call.get();
            return id.isPresent() ? result(id.get()) : Outcome.handled();
        } catch (NutException answer) {
            return switch (answer.error().orElse(ErrorCode.FAILED)) {
                case UNKNOWN, VAR_NOT_SUPPORTED, CMD_NOT_SUPPORTED -> Outcome.unknown();
                case INVALID_ARGUMENT, INVALID_VALUE, TOO_LONG, READONLY -> Outcome.invalid(says(answer));
                default -> Outcome.failed(says(answer));
            };
        }
    }

    private static String says(NutException answer) {
        return "the other server says ERR " + answer.code();
    }

    private Outcome result(String id) throws IOException {
        long start = System.nanoTime();
        while (connection.result(id).isEmpty()) {
            if (System.nanoTime() - start > PATIENCE) return Outcome.failed("no result from the other server");
            LockSupport.parkNanos(BETWEEN_ASKING);
            if (Thread.interrupted()) throw new InterruptedIOException("interrupted while the result was pending");
        }
        return Outcome.handled();
    }

    /** Servers before 2.8.0 know no tracking: there, OK is all the result there is. */
    private static void track(Connection connection) throws IOException {
        try {
            connection.tracking(true);
        } catch (NutException unknown) {
            if (!unknown.is(ErrorCode.UNKNOWN_COMMAND) && !unknown.is(ErrorCode.INVALID_ARGUMENT)) throw unknown;
        }
    }

    private static boolean driversOwn(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("driver.");
    }
}
