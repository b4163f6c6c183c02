package org.cobnut.deploy.catalog;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.deploy.Refusal;
import org.cobnut.deploy.catalog.CatalogItem.Need;
import org.cobnut.wire.Lexer;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * One edition of a list of bundles, as its text says.
 *
 * <pre>
 * catalog acme 3                     its name, and a number that grows with each edition
 * expires 2027-06-30                 after that day nothing is installed from it
 * bundle com.acme.ups 1.2.0 ups.jar 0123...   name, version, file, SHA-256
 * licence Apache-2.0                 of the bundle above, as all lines up to the next
 * title "Acme UPSes"
 * drivers acme-ups acme-old
 * with com.acme.codes                bundles of this catalog that it comes with
 * needs org.cobnut.driver [2.0,3)    a package that it imports
 * revoked 4567... "switches the load off"     a jar that is trusted no more
 * </pre>
 *
 * @param revoked by the SHA-256 of a jar why nobody shall use it
 */
record Catalog(String name, long edition, LocalDate expires, List<CatalogItem> items, Map<String, String> revoked) {
    private static final String DIGEST = "[0-9a-f]{64}";
    private static final String FILE = "[A-Za-z0-9][A-Za-z0-9._-]{0,200}\\.jar";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,200}";

    Catalog {
        items = List.copyOf(items);
        revoked = Map.copyOf(revoked);
    }

    /** @throws Refusal which names the line that is wrong */
    static Catalog parse(String text) throws Refusal {
        var parser = new Parser();
        for (List<String> words : Lexer.lines(text)) {
            if (words.isEmpty()) continue;
            try {
                parser.take(words);
            } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
                throw new Refusal("its line '%s' is not understood".formatted(String.join(" ", words)), e);
            }
        }
        return parser.catalog();
    }

    /** The highest version of a bundle, or of a bundle that offers a driver of that name. */
    Optional<CatalogItem> newest(String wanted) {
        return items.stream().filter(item -> item.named(wanted)).max((a, b) -> a.version()
                .compareTo(b.version()));
    }

    private static final class Parser {
        private final List<CatalogItem> items = new ArrayList<>();
        private final Map<String, String> revoked = new HashMap<>();
        private String name = "";
        private long edition;
        private LocalDate expires = LocalDate.MIN;

        void take(List<String> words) {
            List<String> rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "catalog" -> {
                    name = fit(rest.get(0), NAME);
                    edition = Long.parseLong(fit(rest.get(1), "\\d{1,18}"));
                }
                case "expires" -> expires = LocalDate.parse(rest.get(0));
                case "bundle" -> items.add(item(rest));
                case "licence" -> change(last().withLicence(rest.get(0)));
                case "title" -> change(last().withTitle(rest.get(0)));
                case "drivers" -> change(last().withDrivers(rest));
                case "with" -> change(last().withBundles(rest));
                case "needs" ->
                    change(last().withNeed(new Need(fit(rest.get(0), NAME), new VersionRange(rest.get(1)))));
                case "revoked" -> revoked.put(fit(rest.get(0), DIGEST), rest.size() > 1 ? rest.get(1) : "");
                default -> {} // of a later Cobnut
            }
        }

        Catalog catalog() throws Refusal {
            if (name.isEmpty()) throw new Refusal("it has no line 'catalog'");
            return new Catalog(name, edition, expires, items, revoked);
        }

        private static CatalogItem item(List<String> words) {
            return new CatalogItem(
                    fit(words.get(0), NAME),
                    Version.parseVersion(words.get(1)),
                    fit(words.get(2), FILE),
                    fit(words.get(3), DIGEST),
                    "",
                    "",
                    List.of(),
                    List.of(),
                    List.of());
        }

        private CatalogItem last() {
            if (items.isEmpty()) throw new IllegalArgumentException("no bundle is above it");
            return items.get(items.size() - 1);
        }

        private void change(CatalogItem item) {
            items.set(items.size() - 1, item);
        }

        private static String fit(String word, String form) {
            if (!word.matches(form)) throw new IllegalArgumentException(word);
            return word;
        }
    }
}
