package org.cobnut.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Request;
import org.cobnut.wire.Request.Query;
import org.cobnut.wire.Request.Query.Subject;

/** A UPS of a server. Every call is a request on the connection, with the same rules for threads. */
public final class Ups {
    private final Connection connection;
    private final String name;

    Ups(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The description from ups.conf. */
    public String description() throws IOException {
        return one(Subject.UPSDESC, "");
    }

    /** How many connections are logged in. */
    public int logins() throws IOException {
        try {
            return Integer.parseInt(one(Subject.NUMLOGINS, ""));
        } catch (NumberFormatException e) {
            throw connection.unexpected();
        }
    }

    /** All variables and their values, in the server's order. */
    public Map<String, String> variables() throws IOException {
        return Connection.pairs(many(Subject.LIST_VAR, "", 2));
    }

    /** The variables that may be set, and their values. */
    public Map<String, String> writable() throws IOException {
        return Connection.pairs(many(Subject.LIST_RW, "", 2));
    }

    public List<String> commands() throws IOException {
        return firsts(many(Subject.LIST_CMD, "", 1));
    }

    /** The addresses of the connections that are logged in. */
    public List<String> clients() throws IOException {
        return firsts(many(Subject.LIST_CLIENT, "", 1));
    }

    /** The value of a variable. */
    public String get(String variable) throws IOException {
        return one(Subject.VAR, variable);
    }

    /** The words of a variable's type: RW, ENUM, RANGE, then STRING:n or NUMBER. */
    public List<String> type(String variable) throws IOException {
        return words(Subject.TYPE, variable);
    }

    public String description(String variable) throws IOException {
        return one(Subject.DESC, variable);
    }

    public String commandDescription(String command) throws IOException {
        return one(Subject.CMDDESC, command);
    }

    /** The values among which a variable may be set; none when it is not so restricted. */
    public List<String> choices(String variable) throws IOException {
        return firsts(many(Subject.LIST_ENUM, variable, 1));
    }

    /** The ranges within which a variable may be set; none when it is not so restricted. */
    public List<Range> ranges(String variable) throws IOException {
        var ranges = new ArrayList<Range>();
        for (List<String> bounds : many(Subject.LIST_RANGE, variable, 2))
            ranges.add(new Range(bounds.get(0), bounds.get(1)));
        return ranges;
    }

    /** Logs this connection in, so that the server counts it among those that its UPS supplies. */
    public void login() throws IOException {
        connection.ok(new Request.Login(name));
    }

    /** Checks that this user may act as the primary; uses the old word for a server before 2.8.0. */
    public void primary() throws IOException {
        try {
            connection.ok(new Request.Primary(name, false));
        } catch (NutException answer) {
            if (!answer.is(ErrorCode.UNKNOWN_COMMAND)) throw answer;
            connection.ok(new Request.Primary(name, true));
        }
    }

    /** Sets the flag that tells all secondaries to shut down. */
    public void fsd() throws IOException {
        connection.ok(new Request.Fsd(name));
    }

    /** Sets a variable; returns the id of the request when tracking is on. */
    public Optional<String> set(String variable, String value) throws IOException {
        return id(connection.ok(new Request.SetVar(name, variable, value)));
    }

    /** Runs an instant command; returns the id of the request when tracking is on. */
    public Optional<String> run(String command, Optional<String> argument) throws IOException {
        return id(connection.ok(new Request.Instcmd(name, command, argument)));
    }

    private static Optional<String> id(String more) {
        String start = "TRACKING ";
        return more.startsWith(start) ? Optional.of(more.substring(start.length())) : Optional.empty();
    }

    private String one(Subject subject, String about) throws IOException {
        List<String> words = words(subject, about);
        if (words.isEmpty()) throw connection.unexpected();
        return words.get(0);
    }

    /** The words of a reply behind those of the query, which it must repeat. */
    private List<String> words(Subject subject, String about) throws IOException {
        var query = new Query(subject, name, about);
        List<String> asked = query.words();
        int common = asked.size() - 1;
        List<String> words = connection.item(query);
        if (!Connection.same(asked.subList(1, asked.size()), words, common)) throw connection.unexpected();
        return words.subList(common, words.size());
    }

    private List<List<String>> many(Subject subject, String about, int least) throws IOException {
        return connection.list(new Query(subject, name, about), subject.named() ? 3 : 2, least);
    }

    private static List<String> firsts(List<List<String>> items) {
        var firsts = new ArrayList<String>(items.size());
        for (List<String> item : items) firsts.add(item.get(0));
        return firsts;
    }

    /** A range as the server sent it; numbers, as a rule. */
    public record Range(String min, String max) {}
}
