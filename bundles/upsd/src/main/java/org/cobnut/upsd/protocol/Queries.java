package org.cobnut.upsd.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.registry.ReplyCache;
import org.cobnut.upsd.registry.Ups;
import org.cobnut.upsd.registry.UpsRegistry;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request.Query;
import org.cobnut.wire.Version;
import org.jspecify.annotations.Nullable;

/**
 * Answers GET and LIST. Runs on event loops and never blocks. Names are echoed as the client typed them; a reply with
 * names as configured is encoded once for a snapshot.
 */
public final class Queries {
    private static final String SERVER = "server.";
    private static final String STATUS = "ups.status";

    private final UpsRegistry registry;
    private final Descriptions descriptions;
    private final Supplier<Limits> limits;
    private final RequestCache requestCache = new RequestCache();
    private volatile @Nullable CachedList listed;

    /** The reply to LIST UPS; valid while the registry returns the same list object. */
    private static final class CachedList {
        final List<Ups> of;
        final byte[] reply;

        CachedList(List<Ups> of, byte[] reply) {
            this.of = of;
            this.reply = reply;
        }
    }

    public Queries(UpsRegistry registry, Descriptions descriptions, Supplier<Limits> limits) {
        this.registry = registry;
        this.descriptions = descriptions;
        this.limits = limits;
    }

    @SuppressWarnings("ReferenceEquality") // a change makes another list
    byte[] listUps() {
        List<Ups> now = registry.listed();
        CachedList kept = listed;
        if (kept == null || kept.of != now) {
            kept = new CachedList(
                    now,
                    list(
                            List.of("UPS"),
                            now.stream()
                                    .map(ups -> item("UPS", ups.name(), or(ups.description(), Descriptions.NONE)))));
            listed = kept;
        }
        return kept.reply;
    }

    /** Answers the query that these bytes begin with, if its line is in the cache; then it is read from them. */
    byte @Nullable [] repeated(ByteBuf bytes) {
        Query query = requestCache.read(bytes);
        if (query == null) return null;
        Optional<Ups> found = registry.find(query.ups());
        if (found.isEmpty()) return error(ErrorCode.UNKNOWN_UPS);
        Ups ups = found.get();
        Snapshot snapshot = ups.snapshot();
        Optional<ErrorCode> unavailable = ups.unavailable(snapshot, limits.get().maxageNanos());
        return unavailable.isPresent() ? error(unavailable.get()) : answer(query, ups, snapshot);
    }

    /** Whether a query is about the server itself: GET VAR of {@code server.*}. */
    static boolean ofServer(Query query) {
        return query.subject() == Query.Subject.VAR && query.name().regionMatches(true, 0, SERVER, 0, SERVER.length());
    }

    /** Answers a query about the server itself; the UPS in it need not exist. */
    static byte[] server(Query query) {
        return switch (query.name().toLowerCase(Locale.ROOT)) {
            case "server.info" -> line(item("VAR", query.ups(), "server.info", RequestHandler.BANNER));
            case "server.version" -> line(item("VAR", query.ups(), "server.version", Version.NUT_LEVEL));
            default -> error(ErrorCode.VAR_NOT_SUPPORTED);
        };
    }

    /** Answers what the server knows of a UPS without its driver: UPSDESC and LIST CLIENT. */
    byte[] withoutData(Query query, Ups ups) {
        return query.subject() == Query.Subject.UPSDESC
                ? line(item("UPSDESC", query.ups(), or(ups.description(), "Unavailable")))
                : list(
                        words(query),
                        ups.clients().stream().map(client -> text("CLIENT", ups.name(), client.address())));
    }

    /** Answers a query with values of this snapshot. The reply is kept when its names are written as configured. */
    byte[] answer(Query query, Ups ups, Snapshot snapshot) {
        ReplyCache replies = ups.replies(snapshot);
        byte[] kept = replies.kept(query);
        if (kept != null) return kept;
        byte[] reply = respellable(query, ups)
                ? respelled(answer(new Query(query.subject(), ups.name(), query.name()), ups, snapshot), query)
                : encode(query, ups, snapshot);
        if (asConfigured(query, ups, snapshot)) {
            replies.keep(query, reply);
            requestCache.keep(query);
        }
        return reply;
    }

    /** Whether a query differs from a kept one only by the case of the UPS's name. */
    private static boolean respellable(Query query, Ups ups) {
        String asked = query.ups();
        return switch (query.subject()) {
            case LIST_VAR, LIST_RW, LIST_CMD -> asked.length() == ups.name().length() && !asked.equals(ups.name());
            default -> false;
        };
    }

    /** Copies a list with the name as the client typed it, which is cheaper than to encode it again. */
    private static byte[] respelled(byte[] list, Query query) {
        byte[] copy = list.clone();
        byte[] name = query.ups().getBytes(StandardCharsets.ISO_8859_1);
        String word = query.subject().word() + ' ';
        List<byte[]> heads = Stream.of(word, "BEGIN LIST " + word, "END LIST " + word)
                .map(head -> head.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        int line = 0;
        for (int i = 0; i < copy.length; i++) {
            if (copy[i] != '\n') continue;
            for (byte[] head : heads) {
                int at = line + head.length;
                if (at + name.length <= i && Arrays.equals(copy, line, at, head, 0, head.length))
                    System.arraycopy(name, 0, copy, at, name.length);
            }
            line = i + 1;
        }
        return copy;
    }

    /** Whether all names are written as configured; the number of such queries is bounded. */
    private static boolean asConfigured(Query query, Ups ups, Snapshot snapshot) {
        if (!query.ups().equals(ups.name())) return false;
        return switch (query.subject()) {
            case LIST_VAR, LIST_RW, LIST_CMD -> true;
            case VAR -> {
                Variable variable = snapshot.variables().get(query.name());
                yield variable != null && variable.name().equals(query.name());
            }
            default -> false;
        };
    }

    private byte[] encode(Query query, Ups ups, Snapshot snapshot) {
        return switch (query.subject()) {
            case NUMLOGINS ->
                line(text(
                        "NUMLOGINS", query.ups(), Integer.toString(ups.clients().size())));
            case DESC ->
                line(item(
                        "DESC",
                        query.ups(),
                        query.name(),
                        descriptions.ofVariable(query.name()).orElse(Descriptions.NONE)));
            case CMDDESC ->
                line(item(
                        "CMDDESC",
                        query.ups(),
                        query.name(),
                        descriptions.ofCommand(query.name()).orElse(Descriptions.NONE)));
            case LIST_CMD -> list(words(query), snapshot.commands().stream().map(cmd -> text("CMD", query.ups(), cmd)));
            case LIST_VAR, LIST_RW -> variables(query, ups, snapshot);
            default -> ofVariable(query, ups, snapshot);
        };
    }

    private byte[] ofVariable(Query query, Ups ups, Snapshot snapshot) {
        Variable variable = snapshot.variables().get(query.name());
        if (variable == null) return error(ErrorCode.VAR_NOT_SUPPORTED);
        VarType type = variable.type();
        return switch (query.subject()) {
            case TYPE -> line(text("TYPE", query.ups(), query.name(), describe(type)));
            case LIST_ENUM ->
                list(words(query), type.choices().stream().map(one -> item("ENUM", query.ups(), query.name(), one)));
            case LIST_RANGE ->
                list(
                        words(query),
                        type.ranges().stream()
                                .map(range -> text(
                                        "RANGE",
                                        query.ups(),
                                        query.name(),
                                        "\"" + range.min() + "\" \"" + range.max() + "\"")));
            default -> line(item("VAR", query.ups(), query.name(), shown(variable, ups)));
        };
    }

    private static byte[] variables(Query query, Ups ups, Snapshot snapshot) {
        boolean writable = query.subject() == Query.Subject.LIST_RW;
        return list(
                words(query),
                snapshot.variables().values().stream()
                        .filter(variable -> !writable || variable.type().writable())
                        .map(variable -> item(
                                query.subject().word(),
                                query.ups(),
                                variable.name(),
                                // NUT shows the FSD latch in LIST VAR and not in LIST RW.
                                writable ? variable.value() : shown(variable, ups))));
    }

    private static String shown(Variable variable, Ups ups) {
        return ups.fsd() && variable.name().equalsIgnoreCase(STATUS) ? "FSD " + variable.value() : variable.value();
    }

    /** The type in words; their order is fixed, and every type but a text is a NUMBER. */
    private static String describe(VarType type) {
        String writable = type.writable() ? "RW " : "";
        String choices = type.choices().isEmpty() ? "" : "ENUM ";
        String ranges = type.ranges().isEmpty() ? "" : "RANGE ";
        String base =
                type.maxLength().isPresent() ? "STRING:" + type.maxLength().getAsInt() : "NUMBER";
        return writable + choices + ranges + base;
    }

    private static List<String> words(Query query) {
        List<String> words = query.words();
        return words.subList(1, words.size());
    }

    private static Reply item(String... words) {
        return new Reply.Item(List.of(words));
    }

    private static Reply text(String... words) {
        return new Reply.Text(String.join(" ", words));
    }

    private static String or(String text, String fallback) {
        return text.isEmpty() ? fallback : text;
    }

    public static byte[] error(ErrorCode code) {
        return line(new Reply.Err(code));
    }

    public static byte[] line(Reply reply) {
        return bytes(new StringBuilder(128).append(reply.line()).append('\n'));
    }

    private static byte[] list(List<String> query, Stream<Reply> items) {
        var out = new StringBuilder(4096);
        String head = " LIST " + String.join(" ", query) + '\n';
        out.append("BEGIN").append(head);
        items.forEach(item -> out.append(item.line()).append('\n'));
        return bytes(out.append("END").append(head));
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
