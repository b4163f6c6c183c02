package org.cobnut.drivers.apcsmart.microlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cobnut.model.VarType;
import org.cobnut.table.Numbers;

/** The variables of values.txt. Immutable. */
final class ValueTable {
    private static final LocalDate DAY_0 = LocalDate.of(2000, 1, 1);
    private static final int MOST_GROUPS = 4;
    private static final int LONGEST_NUMBER = 8;

    private final List<Value> values = new ArrayList<>();
    private final Map<String, Map<Long, String>> lookups = new TreeMap<>();

    /** One variable; {@code kind} is as the file says it. */
    record Value(String path, String name, String kind, boolean writable) {}

    /** Reads the file. */
    ValueTable() {
        try (InputStream in = ValueTable.class.getResourceAsStream("values.txt")) {
            if (in == null) throw new IllegalStateException("values.txt is missing");
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
                    .lines()
                    .forEach(this::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String line) {
        String[] words = line.strip().split(" ");
        if (line.isBlank() || line.startsWith("#")) return;
        if (words[0].equals("lookup")) {
            Map<Long, String> texts = new LinkedHashMap<>();
            for (int i = 2; i < words.length; i++)
                texts.put(Long.valueOf(words[i].split("=")[0]), words[i].split("=")[1]);
            lookups.put(words[1], texts);
            return;
        }
        boolean writable = words.length > 3;
        if (!line.contains("{}")) values.add(new Value(words[0], words[1], words[2], writable));
        else
            for (int i = 0; i < MOST_GROUPS; i++)
                values.add(new Value(
                        words[0].replace("{}", "" + i), words[1].replace("{}", "" + (i + 1)), words[2], writable));
    }

    List<Value> all() {
        return values;
    }

    /** The text for what lies there; empty for none. */
    String text(Value value, byte[] bytes) {
        String kind = value.kind();
        if (kind.equals("text"))
            return new String(bytes, StandardCharsets.ISO_8859_1)
                    .replaceAll("[^ -~]", "")
                    .strip();
        if (bytes.length > LONGEST_NUMBER) return "";
        long raw = number(bytes);
        if (kind.equals("hex"))
            return "%0{}x".replace("{}", "" + 2 * bytes.length).formatted(raw);
        if (kind.equals("date")) return DAY_0.plusDays(raw & 0xffffff).toString();
        if (kind.endsWith("+")) {
            String words = lookup(kind).entrySet().stream()
                    .filter(word -> (raw & word.getKey()) != 0)
                    .map(Map.Entry::getValue)
                    .collect(Collectors.joining(" "));
            return words.isEmpty() ? "None" : words;
        }
        if (lookups.containsKey(kind)) return lookup(kind).getOrDefault(raw, Long.toString(raw));
        int shift = Integer.parseInt(kind.substring(1));
        int unused = 64 - 8 * bytes.length;
        double number = kind.startsWith("s") ? raw << unused >> unused : raw;
        return shift == 0 ? Numbers.format(number, 0) : Numbers.format(number / (1L << shift), 2);
    }

    /** @throws IllegalArgumentException when it cannot be written */
    byte[] bytes(Value value, String text, int size) {
        var bytes = new byte[size];
        if (value.kind().equals("text")) {
            byte[] given = text.getBytes(StandardCharsets.ISO_8859_1);
            if (given.length > size) throw new IllegalArgumentException("it is longer than " + size + " characters");
            System.arraycopy(given, 0, bytes, 0, given.length);
            return bytes;
        }
        long raw = raw(value, text);
        for (int i = 0; i < size; i++) bytes[size - 1 - i] = i < LONGEST_NUMBER ? (byte) (raw >> (8 * i)) : 0;
        int unused = 64 - 8 * size;
        boolean fits = unused <= 0
                || (value.kind().startsWith("s") ? raw << unused >> unused == raw : raw >>> (8 * size) == 0);
        if (!fits) throw new IllegalArgumentException("'" + text + "' is too large");
        return bytes;
    }

    private long raw(Value value, String text) {
        if (value.kind().equals("date")) {
            try {
                return LocalDate.parse(text).toEpochDay() - DAY_0.toEpochDay();
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("'" + text + "' is no date such as 2025-11-30", e);
            }
        }
        if (lookups.containsKey(value.kind()))
            return lookup(value.kind()).entrySet().stream()
                    .filter(entry -> entry.getValue().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of its values"))
                    .getKey();
        if (!text.matches("-?\\d{1,9}")) throw new IllegalArgumentException("'" + text + "' is no whole number");
        return Long.parseLong(text);
    }

    /** What may be written. */
    VarType type(Value value, int size) {
        if (!value.writable()) return VarType.READ_ONLY;
        if (lookups.containsKey(value.kind()))
            return VarType.choice(lookup(value.kind()).values().toArray(new String[0]));
        return value.kind().equals("text") || value.kind().equals("date")
                ? VarType.text(value.kind().equals("date") ? 10 : size)
                : VarType.number();
    }

    private Map<Long, String> lookup(String kind) {
        return lookups.getOrDefault(kind.replace("+", ""), Map.of());
    }

    static long number(byte[] bytes) {
        long number = 0;
        for (byte one : bytes) number = number << 8 | (one & 0xff);
        return number;
    }
}
