package org.cobnut.conf.schema;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cobnut.conf.schema.ValueType.Form;
import org.cobnut.conf.schema.ValueType.Read;
import org.cobnut.wire.HashedPassword;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Quote;

/** Creates the kinds of values that NUT's files hold. */
public final class ValueTypes {
    private static final List<String> YES = List.of("true", "on", "yes", "1");
    private static final List<String> NO = List.of("false", "off", "no", "0");
    private static final Pattern LEADING = Pattern.compile("[+-]?\\d+");
    private static final Pattern DOTTED = Pattern.compile("[0-9.]+");
    private static final Pattern OCTETS =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
    private static final Pattern HOST = Pattern.compile("\\*|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?");
    private static final Pattern COMMAND = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final List<String> ACTIONS = List.of("SET", "FSD", "LOGIN", "PRIMARY", "MASTER");
    private static final String NUT_PORT = "3493";
    private static final String ADDRESS = "an address and, if not 3493, a port";

    private ValueTypes() {}

    /** {@code yes}, {@code no} or seconds; no is for ever, and told as -1. */
    static ValueType seconds() {
        return number(
                "yes, no or a number of seconds",
                word -> integer(word).isPresent()
                        ? Optional.empty()
                        : truth(word).map(yes -> yes ? 0 : -1),
                Optional::of);
    }

    /** A program and what is to be handed to it. */
    static ValueType program() {
        return new ValueType(
                Form.PAIR,
                Lexer.MAX_WORDS,
                "a program",
                words -> words.get(0).isEmpty()
                        ? new Read.Refusal("a program", "")
                        : new Read.Value(words.toArray(String[]::new)));
    }

    /**
     * Lines of at least and at most so many words. The judge makes a value of them by {@link #row}, or refuses them; it
     * shows no word that may be secret.
     */
    static ValueType lines(int least, int most, String wants, Function<List<String>, Read> judge) {
        return new ValueType(
                Form.QUOTED,
                most,
                wants,
                words -> words.size() < least
                        ? new Read.Refusal(wants, "")
                        : judge.apply(words.subList(0, Math.min(words.size(), most))));
    }

    /** The value of a line of words. */
    static Read.Value row(List<String> words, List<Read.Refusal> spoilt) {
        return new Read.Value(words.stream().map(Quote::word).collect(Collectors.joining(" ")), spoilt);
    }

    static ValueType whole(int least) {
        String wants = least == 1 ? "a whole number above 0" : "a whole number, " + least + " or more";
        return number(
                wants, word -> Optional.empty(), number -> number >= least ? Optional.of(number) : Optional.empty());
    }

    static ValueType integer() {
        return number("a whole number", word -> Optional.empty(), Optional::of);
    }

    /** A number, of which NUT reads the digits at its start; or a word that means something else. */
    private static ValueType number(
            String wants, Function<String, Optional<?>> word, Function<Integer, Optional<?>> meaning) {
        return new ValueType(Form.ONE, 1, wants, words -> {
            String text = words.get(0);
            Optional<?> whole = word.apply(text).isPresent()
                    ? word.apply(text)
                    : integer(text).flatMap(number -> meaning.apply(number).map(Function.identity()));
            if (whole.isPresent()) return new Read.Value(whole.get());
            Read.Refusal refusal = new Read.Refusal(wants, text);
            Optional<?> part =
                    leading(text).flatMap(number -> meaning.apply(number).map(Function.identity()));
            return part.isPresent() ? new Read.Value(part.get(), List.of(refusal)) : refusal;
        });
    }

    /** HOST:PORT, or nothing. */
    static ValueType address() {
        return one(
                "HOST:PORT, such as 0.0.0.0:8443",
                word -> word.isEmpty() || word.matches("(\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\]]+):[1-9]\\d{0,4}")
                        ? Optional.of(word)
                        : Optional.empty());
    }

    static ValueType yesNo() {
        return one("true or false (or on, yes, 1, off, no, 0)", ValueTypes::truth);
    }

    /** As ALLOW_NO_DEVICE: any whole number counts too, and only 0 is false. */
    static ValueType yesNoNumber() {
        return number("true, false or a whole number", ValueTypes::truth, number -> Optional.of(number != 0));
    }

    /** A truth value, or -1 for what counts without a word. */
    static ValueType yesNoUsual() {
        return one(
                "true or false (or on, yes, 1, off, no, 0), or -1 for the default",
                word -> word.equals("-1") ? Optional.of(false) : truth(word));
    }

    /** The keyword alone, or with a truth value behind it; with any other word it counts too, as NUT has it. */
    static ValueType flag() {
        String wants = "nothing, or true or false";
        return new ValueType(Form.FLAG, 1, wants, words -> {
            Optional<Boolean> truth = words.isEmpty() ? Optional.of(true) : truth(words.get(0));
            return truth.map(Read.Value::new)
                    .orElseGet(() -> new Read.Value(true, List.of(new Read.Refusal(wants, words.get(0)))));
        });
    }

    /** One of a few words, in any case; each row is the word to hold and what else means the same. */
    static ValueType choice(String... rows) {
        List<List<String>> choices =
                List.of(rows).stream().map(row -> List.of(row.split(" "))).toList();
        String wants = "one of "
                + String.join(", ", choices.stream().map(row -> row.get(0)).toList());
        return one(wants, word -> choices.stream()
                .filter(row -> row.contains(word.toLowerCase(Locale.ROOT)))
                .map(row -> row.get(0))
                .findFirst());
    }

    static ValueType text() {
        return one("a value", Optional::of);
    }

    /** Text that must not be empty. */
    static ValueType filled() {
        return one("a value that is not empty", word -> Optional.of(word).filter(text -> !text.isEmpty()));
    }

    /** Text of that form as a whole. */
    static ValueType matching(String wants, String form) {
        Pattern pattern = Pattern.compile(form);
        return one(wants, word -> Optional.of(word)
                .filter(text -> pattern.matcher(text).matches()));
    }

    /** Words that say one secret thing together, and are never shown. */
    static ValueType secret(int words, String wants) {
        return new ValueType(words == 1 ? Form.ONE : Form.PAIR, words, wants, all -> {
            if (all.size() < words) return new Read.Refusal(wants, "");
            return new Read.Value(
                    words == 1 ? all.get(0) : all.subList(0, words).toArray(String[]::new));
        });
    }

    /** A password as it is, or what nutctl passwd made of one; what only looks like that would open nothing. */
    static ValueType password() {
        ValueType secret = secret(1, "a value");
        return new ValueType(Form.ONE, 1, secret.wants(), all -> {
            if (!all.isEmpty() && HashedPassword.meant(all.get(0))) {
                try {
                    HashedPassword.parse(all.get(0));
                } catch (IllegalArgumentException malformed) {
                    return new Read.Refusal("a password, or a whole line of nutctl passwd", "");
                }
            }
            return secret.read(all);
        });
    }

    /** Any number of words, each judged alone. */
    private static ValueType words(String wants, Predicate<String> good) {
        return new ValueType(Form.WORDS, Integer.MAX_VALUE, wants, words -> {
            String word = words.get(0);
            return good.test(word) ? new Read.Value(word) : new Read.Refusal(wants, word);
        });
    }

    /** One line of words, of which each must be good. */
    static ValueType list(String wants, Predicate<String> good) {
        return new ValueType(Form.PAIR, Lexer.MAX_WORDS, wants, words -> words.stream()
                .filter(word -> !good.test(word))
                .findFirst()
                .<Read>map(bad -> new Read.Refusal(wants, bad))
                .orElseGet(() -> new Read.Value(words.toArray(String[]::new))));
    }

    static ValueType actions() {
        return words("SET or FSD", word -> ACTIONS.stream().anyMatch(word::equalsIgnoreCase));
    }

    static ValueType commands() {
        return words("names of commands or ALL", word -> COMMAND.matcher(word).matches());
    }

    /** {@code ADDRESS [PORT]}; no name is looked up here. */
    static ValueType listen() {
        return new ValueType(Form.LINES, 2, ADDRESS, words -> {
            String address = words.get(0);
            if (address.indexOf(':') >= 0 && !sixth(address)) {
                boolean both = address.matches("[^:]+:[0-9]+");
                return new Read.Refusal(both ? "a blank between address and port" : "a valid IPv6 address", address);
            }
            if (DOTTED.matcher(address).matches() && !OCTETS.matcher(address).matches())
                return new Read.Refusal("a valid IPv4 address", address);
            if (address.indexOf(':') < 0 && !HOST.matcher(address).matches())
                return new Read.Refusal("an address or host name", address);
            if (words.size() == 1) return new Read.Value(address);
            String port = words.get(1).equals("nut") ? NUT_PORT : words.get(1); // as /etc/services has it
            boolean good = integer(port).filter(n -> n > 0 && n < 65536).isPresent();
            return good
                    ? new Read.Value(address + " " + port)
                    : new Read.Refusal("a port from 1 to 65535 behind the address", port);
        });
    }

    static ValueType one(String wants, Function<String, Optional<? extends Object>> reader) {
        return new ValueType(Form.ONE, 1, wants, words -> reader.apply(words.get(0))
                .<Read>map(Read.Value::new)
                .orElseGet(() -> new Read.Refusal(wants, words.get(0))));
    }

    static Optional<Boolean> truth(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (YES.contains(lower)) return Optional.of(true);
        return NO.contains(lower) ? Optional.of(false) : Optional.empty();
    }

    static Optional<Integer> integer(String word) {
        try {
            return Optional.of(Integer.valueOf(word));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The number with which a word begins, as C's atoi reads it. */
    static Optional<Integer> leading(String word) {
        Matcher digits = LEADING.matcher(word);
        return digits.lookingAt() ? integer(digits.group()) : Optional.empty();
    }

    private static boolean sixth(String address) {
        try {
            // Text with a colon in it is never looked up: it is a literal or nothing.
            InetAddress.getByName(address.replaceFirst("%.*", ""));
            return !address.startsWith("[");
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
