package org.cobnut.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.proof.Session.Await;
import org.cobnut.proof.Session.Close;
import org.cobnut.proof.Session.Closed;
import org.cobnut.proof.Session.Cut;
import org.cobnut.proof.Session.Expect;
import org.cobnut.proof.Session.HalfClose;
import org.cobnut.proof.Session.Send;
import org.cobnut.proof.Session.Step;

/** Plays one session to one server, and writes down what happened. */
final class Player implements AutoCloseable {
    private static final int AWAIT_TRIES = 100;

    /** What was said, line by line; {@code good} if it was what the session expects. */
    record Played(List<String> lines, boolean good) {}

    private final int port;
    private final boolean debian;
    private final TreeMap<Integer, Connection> open = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();
    private final Connection side;
    private String uuid = "";

    private Player(int port, boolean debian) throws IOException {
        this.port = port;
        this.debian = debian;
        side = new Connection(port);
    }

    static Played play(Session session, Server server) throws IOException {
        try (var player = new Player(server.port(), server.debian())) {
            boolean good = true;
            for (Step step : session.steps()) good = good && player.play(step);
            for (int left : List.copyOf(player.open.keySet())) good = good && player.nothingMore(left);
            return new Played(player.lines, good);
        }
    }

    /** What the session says should happen there, in the same form. */
    static List<String> script(Session session, boolean debian) {
        var script = new ArrayList<String>();
        for (Step step : session.steps()) {
            if (step instanceof Send send) add(script, send.connection() + "> ", send.text());
            else if (step instanceof Expect expect) add(script, expect.connection() + "< ", expect.of(debian));
            else if (step instanceof Await await) {
                add(script, await.answer().connection() + "> ", await.request() + '\n');
                add(script, await.answer().connection() + "< ", await.answer().of(debian));
            } else if (step instanceof Closed closed) script.add(closed.connection() + "< (closed)");
        }
        return script;
    }

    private boolean play(Step step) throws IOException {
        if (step instanceof Send send) return send(send);
        if (step instanceof Expect expect) return expect(expect);
        if (step instanceof Await await) return await(await);
        if (step instanceof Cut) open.values().forEach(Connection::awaitTaken);
        if (step instanceof HalfClose half) connection(half.connection()).halfClose();
        if (step instanceof Close close) open.remove(close.connection()).close();
        return !(step instanceof Closed closed) || closed(closed);
    }

    private boolean send(Send send) throws IOException {
        add(lines, send.connection() + "> ", send.text());
        connection(send.connection()).send(Text.withId(send.text(), uuid));
        return true;
    }

    private boolean expect(Expect expect) throws IOException {
        var pattern = Text.pattern(expect.of(debian));
        String got = connection(expect.connection()).read(pattern);
        add(lines, expect.connection() + "< ", got);
        uuid = Text.id(got, uuid);
        return pattern.matcher(got).matches();
    }

    private boolean await(Await await) throws IOException {
        int number = await.answer().connection();
        var pattern = Text.pattern(await.answer().of(debian));
        String request = Text.withId(await.request(), uuid);
        String got = "";
        for (int i = 0; i < AWAIT_TRIES && !pattern.matcher(got).matches(); i++) {
            if (i > 0) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(i, 40)));
            got = connection(number).ask(request);
        }
        add(lines, number + "> ", await.request() + '\n');
        add(lines, number + "< ", got);
        return pattern.matcher(got).matches();
    }

    private boolean closed(Closed closed) throws IOException {
        if (debian && !closed.debianToo()) return true;
        try (Connection connection = connection(closed.connection())) {
            open.remove(closed.connection());
            String rest = connection.rest(this::wake);
            add(lines, closed.connection() + "< ", rest);
            return rest.equals("(closed)");
        }
    }

    private boolean nothingMore(int number) throws IOException {
        Connection connection = open.get(number);
        connection.halfClose();
        String rest = connection.rest(this::wake);
        if (!rest.equals("(closed)")) add(lines, number + "< ", rest);
        return rest.equals("(closed)");
    }

    /** Debian's server looks after closed connections when something else happens, or every two seconds. */
    private void wake() {
        try {
            side.ask("PROTVER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Connection connection(int number) throws IOException {
        Connection there = open.get(number);
        if (there != null) return there;
        var fresh = new Connection(port);
        open.put(number, fresh);
        return fresh;
    }

    private static void add(List<String> lines, String mark, String text) {
        Arrays.stream(text.split("\n", -1))
                .limit(Math.max(1, text.split("\n", -1).length - (text.endsWith("\n") ? 1 : 0)))
                .forEach(line -> lines.add(mark + line));
    }

    @Override
    public void close() throws IOException {
        side.close();
        for (Connection each : open.values()) each.close();
    }
}
