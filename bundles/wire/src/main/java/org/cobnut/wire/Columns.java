package org.cobnut.wire;

import java.util.ArrayList;
import java.util.List;

/** Formats text for people in columns as wide as their widest word; the last column has no limit. One thread. */
public final class Columns {
    private final List<List<String>> rows = new ArrayList<>();

    /** Columns with these titles, and no row yet. */
    public Columns(String... titles) {
        rows.add(List.of(titles));
    }

    /** Adds a row, which has a cell for each title. */
    public Columns row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        int last = rows.get(0).size() - 1;
        var widths = new int[last];
        for (List<String> row : rows)
            for (int i = 0; i < last; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        var text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < last; i++)
                text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            text.append(row.get(last)).append('\n');
        }
        return text.toString().stripTrailing();
    }
}
