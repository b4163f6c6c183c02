package org.cobnut.conf.schema;

import java.util.List;
import java.util.Optional;
import org.cobnut.driver.Secrets;

/**
 * Lists the keywords of one scope: a whole file, the lines before the first section, or a section.
 *
 * @param pid of the configuration that the scope becomes; of a section, the factory PID; empty for none
 * @param name of a section, the property that holds its name
 * @param unknown what a keyword that is not listed means
 * @param must keywords without which a section is ignored
 * @param obsolete old keywords that are ignored with a warning
 */
public record KeywordTable(
        String pid, String name, Unknown unknown, List<Keyword> keys, List<String> must, List<String> obsolete) {
    /** What a keyword that is not in the table means. */
    enum Unknown {
        WRONG,
        /** A driver's own: kept in {@code options} as it stands. */
        OPTION,
        /** A text like any other. */
        TEXT
    }

    /** The property that holds what {@link Unknown#OPTION} keeps. */
    public static final String OPTIONS = "options";

    /** The property that holds those of them that are secret. */
    public static final String SECRETS = "passwords";

    /** Where a driver's own key is kept. */
    public static String property(String key) {
        return Secrets.holds(key) ? SECRETS : OPTIONS;
    }

    /** Tells whether a configuration of this table may have such a property. */
    public boolean holds(String property) {
        return unknown == Unknown.TEXT
                || (unknown == Unknown.OPTION && (property.equals(OPTIONS) || property.equals(SECRETS)))
                || keys.stream().anyMatch(key -> key.property().equals(property));
    }

    boolean ignores(String word) {
        return obsolete.contains(word);
    }

    public Optional<Keyword> find(String word) {
        Optional<Keyword> known = keys.stream().filter(key -> key.is(word)).findFirst();
        return known.isPresent() || unknown != Unknown.TEXT
                ? known
                : Optional.of(Keyword.fixed(word, ValueTypes.text()));
    }

    /** The keyword that was perhaps meant. */
    Optional<Keyword> near(String word) {
        return keys.stream().filter(key -> key.word().equalsIgnoreCase(word)).findFirst();
    }
}
