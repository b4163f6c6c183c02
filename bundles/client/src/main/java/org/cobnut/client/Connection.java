package org.cobnut.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request;

/**
 * A connection to a NUT server (network-protocol), which behaves as that of libupsclient. Calls block, and one thread
 * at a time may use it; only {@link #abort} may come from another thread. A {@link NutException} is the answer of the
 * server; any other IOException has closed the connection, because a late reply would count as that to the next
 * request.
 */
public final class Connection implements AutoCloseable {
    /** How long the stock clients wait for a connection. */
    public static final Duration CONNECT = Duration.ofSeconds(10);

    /** How long a line of a reply may take. */
    public static final Duration REPLY = Duration.ofSeconds(5);

    /** Most items of a list; a server that sends more is faulty. */
    static final int MAX_ITEMS = 16_384;

    private static final int LINES_OF_PATIENCE = 12;
    private static final int DAY = 86_400_000;

    private final TimedSocket socket;
    private final LineSocket lines;
    private final long patience;
    private volatile boolean broken;
    private volatile Optional<TlsLayer> layer = Optional.empty();

    private Connection(TimedSocket socket, Duration reply) throws IOException {
        this.socket = socket;
        this.lines = new LineSocket(socket);
        this.patience = reply.toNanos();
    }

    /** Connects in clear, with the stock clients' time-outs. */
    public static Connection open(Address address) throws IOException {
        return open(address, CONNECT, REPLY);
    }

    /**
     * Connects in clear to the first of the host's addresses that answers.
     *
     * @param connect how long to wait for each address, in milliseconds at least; zero is as long as the system does
     * @param reply how long a line of a reply may take; a whole list may take twelve times as long
     * @throws java.net.UnknownHostException when the host has no address
     * @throws ConnectException when none of them takes the connection; it says why the last did not
     */
    public static Connection open(Address address, Duration connect, Duration reply) throws IOException {
        return connect(address, connect, reply);
    }

    /**
     * Connects, and asks for TLS if the settings mention it: where the server has none the connection stays in clear,
     * unless {@code FORCESSL} or {@code CERTVERIFY} forbid that. A handshake that fails always ends the connection. The
     * files are read each time.
     *
     * @throws javax.net.ssl.SSLException when TLS is not possible as demanded; the message says why
     */
    public static Connection open(Address address, Duration connect, Duration reply, Auth.Tls tls) throws IOException {
        if (!tls.said()) return connect(address, connect, reply);
        var handshake = new Handshake(address, tls);
        Connection connection = connect(address, connect, reply);
        try {
            connection.layer = handshake.shake(connection, connection.socket, connection.lines);
            return connection;
        } catch (IOException refused) {
            connection.abort();
            throw refused;
        }
    }

    private static Connection connect(Address address, Duration connect, Duration reply) throws IOException {
        var failure = new ConnectException("No address");
        for (InetAddress each : InetAddress.getAllByName(address.host())) {
            var socket = new TimedSocket();
            try {
                socket.connect(new InetSocketAddress(each, address.port()), (int) Math.min(connect.toMillis(), DAY));
                socket.setTcpNoDelay(true);
                return new Connection(socket, reply);
            } catch (IOException next) {
                socket.close();
                failure = new ConnectException(
                        next instanceof SocketTimeoutException ? "Connection timed out" : ErrorText.of(next));
                failure.initCause(next);
            }
        }
        throw failure;
    }

    /** The TLS of this connection; empty when it is in clear. Any thread. */
    public Optional<TlsLayer> layer() {
        return layer;
    }

    public void username(String name) throws IOException {
        ok(new Request.Username(name));
    }

    public void password(String password) throws IOException {
        ok(new Request.Password(password));
    }

    /** Names and descriptions of all UPSes, in the server's order. */
    public Map<String, String> upses() throws IOException {
        return pairs(list(new Request.ListUps(), 1, 2));
    }

    /** The UPS of that name, whether the server knows it or not. */
    public Ups ups(String name) {
        return new Ups(this, name);
    }

    /** The version text of the server. */
    public String version() throws IOException {
        return String.join(" ", item(new Request.About(Request.About.Topic.VER)));
    }

    /** The protocol's version, such as 1.3. */
    public String protocol() throws IOException {
        return String.join(" ", item(new Request.About(Request.About.Topic.PROTVER)));
    }

    /** Switches tracking: with it SET and INSTCMD return an id for {@link #result}. */
    public void tracking(boolean on) throws IOException {
        ok(new Request.SetTracking(on));
    }

    /**
     * The outcome of a tracked request: empty while it is pending, otherwise SUCCESS.
     *
     * @throws NutException when it failed, or the id is not known
     */
    public Optional<String> result(String id) throws IOException {
        String words = String.join(" ", item(new Request.GetTracking(Optional.of(id))));
        return words.equals("PENDING") ? Optional.empty() : Optional.of(words);
    }

    /** Sends a request and takes a reply of one line. */
    public Reply ask(Request request) throws IOException {
        if (broken) throw new ConnectException("Not connected");
        try {
            if (lines.pending()) throw garbled();
            lines.send(request.line());
            Reply reply = Reply.of(lines.read(System.nanoTime() + patience));
            if (reply instanceof Reply.Err error) throw new NutException(error.code());
            return reply;
        } catch (NutException answer) {
            throw answer;
        } catch (IOException e) {
            abort();
            throw e;
        }
    }

    /** Whether requests may still be sent, as far as is known. */
    public boolean usable() {
        return !broken;
    }

    /** Sends LOGOUT, waits for the reply and closes the socket; has no effect on a closed connection. */
    @Override
    public void close() {
        if (broken) return;
        try {
            ask(new Request.Logout());
        } catch (IOException gone) {
            // We are leaving anyway.
        }
        abort();
    }

    /** Whether the connection is closed. Any thread. */
    public boolean closed() {
        return broken;
    }

    /** Closes the socket at once, so that a call under way fails; any thread. */
    public void abort() {
        broken = true;
        try {
            lines.close();
        } catch (IOException closed) {
            // There is nothing left to close.
        }
    }

    /** The text behind the OK. */
    String ok(Request request) throws IOException {
        if (ask(request) instanceof Reply.Ok ok) return ok.more();
        throw unexpected();
    }

    /** The words of a reply with content. */
    List<String> item(Request request) throws IOException {
        if (ask(request) instanceof Reply.Item item) return item.words();
        throw unexpected();
    }

    /**
     * The items of a list, each without the words that they all begin with.
     *
     * @param common the number of these words
     * @param least words that an item must have beyond them
     */
    List<List<String>> list(Request query, int common, int least) throws IOException {
        List<String> asked = query.words();
        if (!(ask(query) instanceof Reply.Begin begin) || !same(asked, begin.query(), asked.size())) throw unexpected();
        try {
            return items(asked, asked.subList(1, 1 + common), least);
        } catch (IOException e) {
            abort();
            throw e;
        }
    }

    private List<List<String>> items(List<String> asked, List<String> start, int least) throws IOException {
        int common = start.size();
        var items = new ArrayList<List<String>>();
        long deadline = System.nanoTime() + LINES_OF_PATIENCE * patience;
        while (items.size() < MAX_ITEMS) {
            List<String> words = lines.read(Math.min(deadline, System.nanoTime() + patience));
            if (Reply.of(words) instanceof Reply.End end && same(asked, end.query(), asked.size())) return items;
            if (words.size() < common + least || !same(start, words, common)) throw garbled();
            items.add(words.subList(common, words.size()));
        }
        throw garbled();
    }

    /** Items of two words as a map in their order. */
    static Map<String, String> pairs(List<List<String>> items) {
        var map = new LinkedHashMap<String, String>();
        for (List<String> item : items) map.put(item.get(0), item.get(1));
        return map;
    }

    /** Whether two lists begin with the same words; names may differ in case. */
    static boolean same(List<String> asked, List<String> words, int count) {
        boolean same = words.size() >= count;
        for (int i = 0; same && i < count; i++) same = asked.get(i).equalsIgnoreCase(words.get(i));
        return same;
    }

    /** Closes the connection, because the reply is of another kind than the request demands. */
    ProtocolException unexpected() {
        abort();
        return garbled();
    }

    private static ProtocolException garbled() {
        return new ProtocolException("Protocol error");
    }
}
