package org.cobnut.table.grammar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.model.Outcome;
import org.cobnut.table.Format;
import org.cobnut.table.Row;
import org.cobnut.table.Wire;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingException;
import org.cobnut.table.mapping.MappingKind;

/** Three families as a mapping sees them, and their devices in memory: objects by OID, columns of answers, registers. */
public final class Kinds {
    public static final MappingKind<String> OID = new Oids();
    public static final MappingKind<Columns> TEXT = new Texts();
    public static final MappingKind<Integer> REGISTER = new Registers();

    private Kinds() {}

    public static <A> Mapping<A> compile(MappingKind<A> kind, String text, MappingFile... others)
            throws MappingException {
        MappingFile file = MappingFile.parse("own.map", text.getBytes(StandardCharsets.ISO_8859_1));
        return MappingCompiler.compile(kind, file, child -> List.of(others).stream()
                .filter(other -> Optional.of(other.name()).equals(child.parent()))
                .findFirst());
    }

    private static final class Oids implements MappingKind<String> {
        @Override
        public String name() {
            return "oid";
        }

        @Override
        public Addresses<String> addresses(String base, List<List<String>> declared) {
            return text -> {
                String oid = text.startsWith(".") ? base + text : text;
                if (!oid.matches("\\d+(\\.\\d+)+")) throw new IllegalArgumentException("'" + text + "' is no OID");
                return oid;
            };
        }
    }

    public record Columns(String question, int from, int to) {}

    /** An address is QUESTION:FROM-TO; a question is declared before. */
    private static final class Texts implements MappingKind<Columns> {
        @Override
        public String name() {
            return "text";
        }

        @Override
        public Set<String> declarations() {
            return Set.of("question");
        }

        @Override
        public Addresses<Columns> addresses(String base, List<List<String>> declared) {
            Set<String> questions =
                    Set.copyOf(declared.stream().map(Kinds::label).toList());
            return text -> {
                var match =
                        java.util.regex.Pattern.compile("(\\w+):(\\d+)-(\\d+)").matcher(text);
                if (!match.matches()) throw new IllegalArgumentException("'" + text + "' is not QUESTION:FROM-TO");
                if (!questions.contains(match.group(1)))
                    throw new IllegalArgumentException("there is no question " + match.group(1));
                return new Columns(match.group(1), Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3)));
            };
        }

        @Override
        public Map<String, Row.Argument> arguments() {
            return Map.of("minutes", (text, known) -> Long.toString(Long.parseLong(text) / 60));
        }
    }

    private static final class Registers implements MappingKind<Integer> {
        @Override
        public String name() {
            return "register";
        }

        @Override
        public Addresses<Integer> addresses(String base, List<List<String>> declared) {
            return text -> {
                if (!text.matches("\\d{1,5}")) throw new IllegalArgumentException("'" + text + "' is no register");
                return Integer.parseInt(text);
            };
        }

        @Override
        public Map<String, Format> formats() {
            return Map.of("signed", (raw, known) -> Optional.of(Short.toString((short) Integer.parseInt(raw))));
        }
    }

    private static String label(List<String> words) {
        if (words.size() != 2) throw new IllegalArgumentException("it is: question NAME");
        return words.get(1);
    }

    /** A device of any kind, whose addresses are read as they stand. */
    public static class Memory<A> implements Wire<A> {
        public final Map<A, String> values = new HashMap<>();
        public final List<String> written = new ArrayList<>();

        @Override
        public int batch() {
            return 50;
        }

        @Override
        public Map<A, String> read(List<A> addresses) throws IOException {
            var answers = new HashMap<A, String>();
            for (A address : addresses) answer(address).ifPresent(answer -> answers.put(address, answer));
            return answers;
        }

        Optional<String> answer(A address) {
            return Optional.ofNullable(values.get(address));
        }

        @Override
        public Outcome write(A address, String raw) {
            written.add(address + "=" + raw);
            values.put(address, raw);
            return Outcome.handled();
        }

        @Override
        public void close() {}
    }

    /** A device that answers questions in text. */
    public static final class Answers extends Memory<Columns> {
        public final Map<String, String> answers = new HashMap<>();

        @Override
        public Object unit(Columns address) {
            return address.question();
        }

        @Override
        Optional<String> answer(Columns address) {
            return Optional.ofNullable(answers.get(address.question()))
                    .map(answer -> answer.substring(address.from(), address.to() + 1));
        }
    }
}
