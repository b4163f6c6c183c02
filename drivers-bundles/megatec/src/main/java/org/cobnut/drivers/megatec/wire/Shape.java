package org.cobnut.drivers.megatec.wire;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What a good answer looks like, its CR left out. Two are equal when their patterns are. */
public final class Shape {
    /** Any text. */
    public static final Shape ANY = of(".*");

    private final Pattern pattern;

    private Shape(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws IllegalArgumentException with the reason for a text that is no regular expression */
    public static Shape of(String expression) {
        try {
            return new Shape(Pattern.compile(expression, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'%s' is no regular expression: %s".formatted(expression, e.getDescription()), e);
        }
    }

    boolean matches(String text) {
        return pattern.matcher(text).matches();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Shape that && pattern.pattern().equals(that.pattern.pattern());
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
