package org.cobnut.conf.schema;

import java.util.List;
import java.util.Locale;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;
import org.cobnut.driver.Secrets;

/** Tells which values of a line are secrets. */
public final class SecretValues {
    private SecretValues() {}

    /** The values of a line, as {@link LineSyntax#line} and {@link LineSyntax#rewrite} take them. */
    public static List<String> values(LineSyntax style, LogicalLine line) {
        return style == LineSyntax.DIRECTIVES && !line.words().isEmpty()
                ? line.words().subList(1, line.words().size())
                : line.values();
    }

    /**
     * Tells whether the value of that index is one: in MONITOR UPS POWER USER PASSWORD ROLE, in CERTIDENT NAME
     * PASSWORD, and the address of a webhook, too.
     */
    public static boolean secret(LogicalLine line, int index) {
        if (line.header()) return false;
        return switch (line.key().toUpperCase(Locale.ROOT)) {
            case "MONITOR" -> index == 3;
            case "CERTIDENT" -> index == 1;
            case "URL" -> true;
            default -> Secrets.holds(line.key());
        };
    }
}
