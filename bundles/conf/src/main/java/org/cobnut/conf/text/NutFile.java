package org.cobnut.conf.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One of NUT's files as its sections of lines, for programs that want a few words of it before any configuration is there.
 * A line in error says nothing; {@code nutctl config check} tells of it.
 *
 * @param global what stands before the first section, or in the whole file
 * @param sections in the order of the file; a section whose head stands twice goes on there
 */
public record NutFile(Section global, List<Section> sections) {
    /**
     * Lines that stand together.
     *
     * @param name of the section; empty for the lines before the first one
     * @param lines the words of each line that counts
     */
    public record Section(String name, List<List<String>> lines) {
        /** Copies the lines. */
        public Section {
            lines = lines.stream().map(List::copyOf).toList();
        }

        /** Returns the value of {@code key = value} where it stands last; empty when it never does. */
        public Optional<String> value(String key) {
            return value(key::equals);
        }

        /** Returns the same of a key that counts in upper and lower case. */
        public Optional<String> valueInAnyCase(String key) {
            return value(key::equalsIgnoreCase);
        }

        private Optional<String> value(Predicate<String> key) {
            return lines.stream()
                    .filter(words -> key.test(words.get(0))
                            && words.size() > 2
                            && words.get(1).equals("="))
                    .map(words -> words.get(2))
                    .reduce((earlier, later) -> later);
        }

        /** Returns the words behind each directive of that name. */
        public List<List<String>> directives(String keyword) {
            return lines.stream()
                    .filter(words -> words.get(0).equals(keyword))
                    .map(words -> words.subList(1, words.size()))
                    .toList();
        }
    }

    /** Copies the sections. */
    public NutFile {
        sections = List.copyOf(sections);
    }

    /** Reads a file; one that is not there, or cannot be read, has no lines: the program that needs it says why. */
    public static NutFile readIfThere(Path file, LineSyntax syntax) {
        try {
            return parse(Files.readAllBytes(file), syntax);
        } catch (IOException e) {
            return parse(new byte[0], syntax);
        }
    }

    /** Reads a file's text. */
    public static NutFile parse(String text, LineSyntax syntax) {
        return parse(text.getBytes(StandardCharsets.ISO_8859_1), syntax);
    }

    private static NutFile parse(byte[] bytes, LineSyntax syntax) {
        var sections = new LinkedHashMap<String, List<List<String>>>();
        var global = new ArrayList<List<String>>();
        List<List<String>> lines = global;
        for (LogicalLine line : syntax.split("", bytes)) {
            if (line.words().isEmpty()) continue;
            String first = line.key();
            if (syntax == LineSyntax.SECTIONS && line.header())
                lines = first.endsWith("]") && first.length() > 2
                        ? sections.computeIfAbsent(first.substring(1, first.length() - 1), name -> new ArrayList<>())
                        : new ArrayList<>(); // ignored, because its head is wrong
            else lines.add(line.words());
        }
        var all = new ArrayList<Section>();
        for (Map.Entry<String, List<List<String>>> section : sections.entrySet())
            all.add(new Section(section.getKey(), section.getValue()));
        return new NutFile(new Section("", global), all);
    }

    /** Returns the section of that name. */
    public Optional<Section> section(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).findFirst();
    }
}
