package org.cobnut.upsmon.source;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.cobnut.client.Connection;
import org.cobnut.client.NutException;
import org.cobnut.client.TlsLayer;
import org.cobnut.client.Ups;
import org.cobnut.upsmon.config.MonitorLine;
import org.cobnut.upsmon.engine.Reading;
import org.cobnut.upsmon.time.Nanos;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UPS of a server, read over the protocol as upsmon(8) does. Unlike there, a login that fails is tried again. */
public final class RemoteSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteSource.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final List<String> BUZZWORDS = List.of("ups.mode.buzzwords", "experimental.ups.mode.buzzwords");
    private static final int FIRST_RETRY = 5;
    private static final int LAST_RETRY = 300;

    private final MonitorLine line;
    private final LongSupplier nanos;
    private final Consumer<String> log;
    private volatile @Nullable Connection connection;
    private volatile boolean over;
    private boolean counted;
    private boolean claimed;
    private String refused = "";
    private String doubted = "";
    private long retry;
    private int patience = FIRST_RETRY;
    private long looks;

    public RemoteSource(MonitorLine line, LongSupplier nanos, Consumer<String> log) {
        this.line = line;
        this.nanos = nanos;
        this.log = log;
    }

    @Override
    public void poll(Consumer<Reading> sink) {
        try {
            Connection open = connected();
            LOG.debug("polling ups: {}{}", line.ups(), open.layer().isPresent() ? " [SSL]" : "");
            Ups ups = open.ups(line.address().ups());
            sink.accept(status(ups));
            login(ups, sink);
        } catch (IOException lost) {
            lose(sink);
            sink.accept(new Reading.NoAnswer(line.ups(), reason(lost)));
        }
    }

    private Reading status(Ups ups) throws IOException {
        try {
            List<String> words = words(ups.get("ups.status"));
            String alarm = words.stream().anyMatch("ALARM"::equalsIgnoreCase) ? optional(ups, "ups.alarm") : "";
            List<String> buzzwords = words(optional(ups, BUZZWORDS.get(0)) + " " + optional(ups, BUZZWORDS.get(1)));
            return new Reading.Answer(line.ups(), words, alarm, buzzwords, ++looks);
        } catch (NutException answer) {
            return new Reading.NoAnswer(line.ups(), told(answer));
        }
    }

    @Override
    public boolean changed() {
        return false;
    }

    @Override
    public Reading.FsdSet fsd() {
        try {
            connected().ups(line.address().ups()).fsd();
            return new Reading.FsdSet(line.ups(), true, "");
        } catch (IOException failed) {
            return new Reading.FsdSet(line.ups(), false, reason(failed));
        }
    }

    @Override
    public Reading.LoginsCounted count() {
        try {
            return new Reading.LoginsCounted(
                    line.ups(),
                    OptionalInt.of(connected().ups(line.address().ups()).logins()));
        } catch (IOException failed) {
            return new Reading.LoginsCounted(line.ups(), OptionalInt.empty());
        }
    }

    @Override
    public void close() {
        over = true;
        Connection open = connection;
        connection = null;
        if (open != null) open.close();
    }

    @Override
    public void abort() {
        over = true;
        Connection open = connection;
        if (open != null) open.abort();
    }

    private Connection connected() throws IOException {
        if (over) throw new IOException("not watched any more");
        Connection open = connection;
        if (open != null && !open.closed()) return open;
        counted = false;
        claimed = false;
        Connection fresh = Connection.open(line.address(), CONNECT, Connection.REPLY, line.tls());
        connection = fresh;
        fresh.layer().ifPresent(this::doubt);
        try {
            fresh.username(line.user());
            fresh.password(line.password());
        } catch (NutException answer) {
            log.accept("Login on UPS [%s] failed: %s".formatted(line.ups(), told(answer)));
        }
        retry = nanos.getAsLong();
        patience = FIRST_RETRY;
        return fresh;
    }

    /** Warns once why the identity of a server is not certain. */
    private void doubt(TlsLayer layer) {
        if (layer.doubt().equals(doubted)) return;
        doubted = layer.doubt();
        if (!doubted.isEmpty())
            log.accept("UPS [%s]: the connection has TLS, but %s: others on the network may read it"
                    .formatted(line.ups(), doubted));
    }

    private void login(Ups ups, Consumer<Reading> sink) throws IOException {
        long now = nanos.getAsLong();
        if ((counted && (claimed || !line.primary())) || now - retry < 0) return;
        retry = now + Nanos.seconds(patience);
        patience = Math.min(2 * patience, LAST_RETRY);
        try {
            if (!counted) ups.login();
        } catch (NutException answer) {
            if (!answer.is(ErrorCode.ALREADY_LOGGED_IN)) {
                refuse(told(answer), sink);
                return;
            }
        }
        counted = true;
        String fault = line.primary() ? claim(ups) : "";
        if (fault.isEmpty() || !fault.equals(refused)) sink.accept(new Reading.Login(line.ups(), true, fault));
        refused = fault;
    }

    /** Why the server does not accept this machine as primary; empty when it does. */
    private String claim(Ups ups) throws IOException {
        try {
            ups.primary();
            claimed = true;
            return "";
        } catch (NutException answer) {
            log.accept("Primary privileges unavailable on UPS [%s]: %s".formatted(line.ups(), told(answer)));
            return "Primary privileges unavailable: " + told(answer);
        }
    }

    private void refuse(String reason, Consumer<Reading> sink) {
        if (reason.equals(refused)) return;
        refused = reason;
        sink.accept(new Reading.Login(line.ups(), false, reason));
    }

    private void lose(Consumer<Reading> sink) {
        Connection open = connection;
        connection = null;
        if (open != null) open.abort();
        if (counted) sink.accept(new Reading.Login(line.ups(), false, "the connection is lost"));
        counted = false;
        claimed = false;
        refused = "";
    }

    private static String optional(Ups ups, String variable) throws IOException {
        try {
            return ups.get(variable);
        } catch (NutException none) {
            return "";
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The text of libupsclient for the usual errors of a server. */
    private static String told(NutException answer) {
        if (answer.is(ErrorCode.DATA_STALE)) return "Data stale";
        if (answer.is(ErrorCode.DRIVER_NOT_CONNECTED)) return "Driver not connected";
        if (answer.is(ErrorCode.UNKNOWN_UPS)) return "Unknown UPS";
        if (answer.is(ErrorCode.ACCESS_DENIED)) return "Access denied";
        return "Server said " + answer.getMessage();
    }

    private static String reason(IOException lost) {
        if (lost instanceof NutException answer) return told(answer);
        if (lost instanceof UnknownHostException) return "No such host";
        return ErrorText.of(lost);
    }
}
