package org.cobnut.drivers.usbhid.descriptor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of usages: those of the Power Device and Battery System pages, and those of a maker on top of them. Immutable. */
public final class UsageNames {
    private static final UsageNames STANDARD = new UsageNames(Optional.empty(), load());

    private static final Pattern CODE = Pattern.compile("[0-9a-fA-F]{8}");
    private static final Pattern PART = Pattern.compile("\\[\\d{1,3}]");

    private final Optional<UsageNames> others;

    /** Codes by their names, whose case does not count: devices' papers differ in it. */
    private final Map<String, Integer> codes = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private final Map<Integer, String> names = new HashMap<>();

    private UsageNames(Optional<UsageNames> others, Map<String, Integer> own) {
        this.others = others;
        own.forEach((name, code) -> {
            codes.putIfAbsent(name, code);
            names.putIfAbsent(code, name);
        });
    }

    /** The names of HID usage tables for power devices 1.0, pages 84 and 85. */
    public static UsageNames standard() {
        return STANDARD;
    }

    /** These names, and others that count before them. */
    public UsageNames plus(Map<String, Integer> more) {
        return more.isEmpty() ? this : new UsageNames(Optional.of(this), more);
    }

    /** The name of a node of a path: of a usage, else the number of a part in brackets, else eight hexadecimal digits. */
    public String name(int node) {
        Optional<String> name = given(node);
        if (name.isPresent()) return name.get();
        int number = HidPath.number(node);
        return number >= 0 ? "[" + number + "]" : "%08x".formatted(node);
    }

    private Optional<String> given(int node) {
        return Optional.ofNullable(names.get(node)).or(() -> others.flatMap(more -> more.given(node)));
    }

    private Optional<Integer> coded(String name) {
        return Optional.ofNullable(codes.get(name)).or(() -> others.flatMap(more -> more.coded(name)));
    }

    /** A path with dots between its nodes. */
    public String text(HidPath path) {
        return path.nodes().stream().map(this::name).collect(Collectors.joining("."));
    }

    /**
     * Reads a path as {@link #text} writes it; the case of names does not count.
     *
     * @throws IllegalArgumentException when a part of it is no name, no number in brackets and no code
     */
    public HidPath path(String text) {
        var nodes = new ArrayList<Integer>();
        for (String part : text.split("\\.", -1))
            nodes.add(node(part)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'%s' in '%s' is the name of no usage; a line usage can name it".formatted(part, text))));
        return new HidPath(nodes);
    }

    private Optional<Integer> node(String part) {
        Optional<Integer> code = coded(part);
        if (code.isPresent()) return code;
        if (PART.matcher(part).matches())
            return Optional.of(HidPath.part(Integer.parseInt(part.substring(1, part.length() - 1))));
        return code(part);
    }

    /** A usage with its page, in eight hexadecimal digits that may have 0x in front; empty for anything else. */
    public static Optional<Integer> code(String text) {
        String digits = text.regionMatches(true, 0, "0x", 0, 2) ? text.substring(2) : text;
        return CODE.matcher(digits).matches() ? Optional.of(Integer.parseUnsignedInt(digits, 16)) : Optional.empty();
    }

    private static Map<String, Integer> load() {
        var all = new LinkedHashMap<String, Integer>();
        try (InputStream in = UsageNames.class.getResourceAsStream("usages.txt");
                var lines = new BufferedReader(new InputStreamReader(
                        Optional.ofNullable(in)
                                .orElseThrow(() -> new IllegalStateException("usages.txt is missing in this bundle")),
                        StandardCharsets.US_ASCII))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .forEach(words -> all.putIfAbsent(words[1], Integer.parseUnsignedInt(words[0], 16)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
