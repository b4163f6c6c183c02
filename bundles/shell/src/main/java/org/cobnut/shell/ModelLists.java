package org.cobnut.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cobnut.wire.Columns;
import org.osgi.framework.Bundle;

/**
 * Finds the driver for a model in the lists that driver bundles carry: a file {@value #FILE} at the root of the jar, a line
 * for each model with the driver (and the options that its section needs), the maker and the model, tabs between. A line that
 * is not so is passed over.
 */
final class ModelLists {
    static final String FILE = "models.txt";

    private static final int MOST_ROWS = 50;
    private static final int MOST_NEAR = 10;

    private final List<Model> models = new ArrayList<>();

    private record Model(String bundle, String driver, String maker, String name) {
        /** How many of these words are in its name or its maker's. */
        long hits(List<String> words) {
            List<String> own = words(maker + " " + name);
            return words.stream().filter(own::contains).count();
        }

        boolean called(List<String> words) {
            return words(name).equals(words) || words(maker + " " + name).equals(words);
        }
    }

    /** Adds what a bundle lists; nothing for one without a list. */
    void add(Bundle bundle) {
        URL list = bundle.getEntry(FILE);
        if (list == null) return;
        try (var in = new BufferedReader(new InputStreamReader(list.openStream(), StandardCharsets.UTF_8))) {
            in.lines()
                    .map(line -> line.split("\t", -1))
                    .filter(cells -> cells.length == 3)
                    .map(cells -> new Model(bundle.getSymbolicName(), cells[0], cells[1], cells[2]))
                    .forEach(models::add);
        } catch (IOException e) {
            throw new IllegalStateException("the list of models in " + bundle.getSymbolicName() + " cannot be read", e);
        }
    }

    /** The rows whose names hold these words; when there is none, those that hold most of them. */
    Columns supported(String model) {
        List<String> words = words(model);
        if (words.isEmpty()) throw new IllegalArgumentException("drivers --supported takes the name of a model");
        List<Model> found = models.stream()
                .filter(one -> one.hits(words) == words.size())
                .sorted(Comparator.comparing((Model one) -> !one.called(words)))
                .limit(MOST_ROWS)
                .toList();
        if (!found.isEmpty()) return table(found.stream());
        long most = models.stream().mapToLong(one -> one.hits(words)).max().orElse(0);
        if (most == 0)
            return table(Stream.empty())
                    .note("no bundle here lists a model like \"" + model
                            + "\"; nutctl scan looks for what is plugged in");
        return table(models.stream().filter(one -> one.hits(words) == most).limit(MOST_NEAR))
                .heading("no bundle here lists \"" + model + "\"; the nearest:");
    }

    private static Columns table(Stream<Model> rows) {
        var columns = new Columns("MAKER", "MODEL", "BUNDLE", "DRIVER");
        rows.forEach(row -> columns.row(row.maker(), row.name(), row.bundle(), row.driver()));
        return columns;
    }

    /** The words of a name, whatever their case and what stands between them. */
    private static List<String> words(String name) {
        return Arrays.stream(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
