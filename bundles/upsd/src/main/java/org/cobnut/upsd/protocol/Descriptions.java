package org.cobnut.upsd.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.access.NameDescriptions;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.Lexer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The descriptions of variables and commands: our own texts, which a {@code cmdvartab} in the data directory overrides.
 * In our table an element {@code n} stands for any number and {@code Lx} for any phase. Read on first use; any thread.
 */
public final class Descriptions implements NameDescriptions {
    private static final Logger log = LoggerFactory.getLogger(Descriptions.class);
    private static final String UPSTREAM = "upstream.";
    /** What the protocol says of an unknown name. */
    static final String NONE = "Description unavailable";

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern PHASE = Pattern.compile("^l[123](?=-|$)");
    private static final Pattern PHASE_SECOND = Pattern.compile("^lx-l[123]$");
    private static final Pattern DOT = Pattern.compile("\\.");

    private final Optional<Path> cmdvartab;
    private final Map<String, String> texts = new HashMap<>();

    public Descriptions(Optional<Path> cmdvartab) {
        this.cmdvartab = cmdvartab;
    }

    /** The description of a variable; the prefix {@code upstream.} is ignored. */
    @Override
    public Optional<String> ofVariable(String name) {
        return find("VARDESC", name);
    }

    @Override
    public Optional<String> ofCommand(String name) {
        return find("CMDDESC", name);
    }

    private synchronized Optional<String> find(String kind, String name) {
        if (texts.isEmpty()) load();
        String lower = name.toLowerCase(Locale.ROOT);
        String plain = lower.startsWith(UPSTREAM) ? lower.substring(UPSTREAM.length()) : lower;
        String exact = texts.get(kind + ' ' + plain);
        return Optional.ofNullable(exact != null ? exact : texts.get(kind + ' ' + general(plain)));
    }

    private void load() {
        try (InputStream own = Descriptions.class.getResourceAsStream("descriptions.tab")) {
            if (own == null) throw new IllegalStateException("the bundle lacks descriptions.tab");
            take(own.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        cmdvartab.filter(Files::isReadable).ifPresent(file -> {
            try {
                take(Files.readAllBytes(file));
            } catch (IOException unreadable) {
                log.warn("{} cannot be read: {}; only our own descriptions count", file, ErrorText.of(unreadable));
            }
        });
    }

    private void take(byte[] table) {
        var lexer = new Lexer();
        for (byte b : table) if (lexer.accept(b) == Lexer.Event.LINE) row(lexer.words());
        if (lexer.end() == Lexer.Event.LINE) row(lexer.words());
    }

    private void row(List<String> words) {
        if (words.size() == 3) texts.put(words.get(0) + ' ' + ofRow(words.get(1)), words.get(2));
    }

    // Case is ignored, except that n is a number and N the neutral conductor.
    private static String ofRow(String name) {
        return Stream.of(DOT.split(name, -1))
                .map(part -> part.equals("n") ? "#" : part.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("."));
    }

    /** The name with its numbers and phases in the form of our table. */
    private static String general(String name) {
        return Stream.of(DOT.split(name, -1)).map(Descriptions::generalPart).collect(Collectors.joining("."));
    }

    private static String generalPart(String part) {
        if (NUMBER.matcher(part).matches()) return "#";
        return PHASE_SECOND.matcher(PHASE.matcher(part).replaceFirst("lx")).replaceFirst("lx-ly");
    }
}
