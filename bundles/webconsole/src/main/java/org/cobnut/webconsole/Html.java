package org.cobnut.webconsole;

import java.util.stream.Stream;

/** Builds markup. Everything that is inserted is escaped as text; only templates are markup. */
final class Html {
    private final StringBuilder markup = new StringBuilder();

    /** Adds a template in which each {@code %s} stands for a text. */
    Html add(String template, Object... texts) {
        markup.append(template.formatted(
                Stream.of(texts).map(text -> escape(String.valueOf(text))).toArray()));
        return this;
    }

    /** Safe between tags and in quoted attributes. The dollar too: the console fills in what looks like a variable. */
    static String escape(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '<', '>', '&', '"', '\'', '$' ->
                    escaped.append("&#").append(c).append(';');
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return markup.toString();
    }
}
