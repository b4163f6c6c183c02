package org.cobnut.table.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a mapping file, and the lines between it and its {@code end}.
 *
 * @param file as it is shown to people
 * @param line from 1
 * @param words at least one
 * @param block what stands inside; empty for a line without a block
 */
public record Statement(String file, int line, List<String> words, List<Statement> block) {
    public Statement {
        words = List.copyOf(words);
        block = List.copyOf(block);
    }

    /** The word that says what kind of line it is. */
    public String keyword() {
        return words.get(0);
    }

    /** This statement and its block for one turn of a loop: {@code {i}} is its number, {@code {i-1}} the number before. */
    Statement turn(String variable, int number) {
        var pattern = Pattern.compile("\\{" + Pattern.quote(variable) + "([+-]\\d{1,6})?}");
        var replaced = new ArrayList<String>();
        for (String word : words) replaced.add(replace(pattern.matcher(word), number));
        return new Statement(
                file,
                line,
                replaced,
                block.stream().map(inner -> inner.turn(variable, number)).toList());
    }

    private static String replace(Matcher matcher, int number) {
        return matcher.replaceAll(
                match -> Integer.toString(number + (match.group(1) == null ? 0 : Integer.parseInt(match.group(1)))));
    }
}
