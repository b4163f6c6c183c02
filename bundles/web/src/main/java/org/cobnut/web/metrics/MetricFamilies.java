package org.cobnut.web.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects samples and writes them as the text format of Prometheus or as OpenMetrics, all samples of a name together. */
final class MetricFamilies {
    private final Map<String, Family> families = new LinkedHashMap<>();

    /** A name with its kind and its samples; a sample's key is its labels. */
    private record Family(String type, String help, Map<String, String> samples) {}

    /** Adds a value that may rise and fall; a second value of the same labels is dropped. */
    void gauge(String name, String help, Map<String, String> labels, double value) {
        add(name, "gauge", help, labels, value);
    }

    /** Adds a value that only rises; the name ends in {@code _total}. */
    void counter(String name, String help, double value) {
        add(name, "counter", help, Map.of(), value);
    }

    /** The same, with labels. */
    void counter(String name, String help, Map<String, String> labels, double value) {
        add(name, "counter", help, labels, value);
    }

    private void add(String name, String type, String help, Map<String, String> labels, double value) {
        families.computeIfAbsent(name, fresh -> new Family(type, help, new LinkedHashMap<>()))
                .samples()
                .putIfAbsent(labels(labels), number(value));
    }

    /** The text; OpenMetrics names a counter without its ending, and ends with a mark. */
    String text(boolean openMetrics) {
        var text = new StringBuilder();
        families.forEach((name, family) -> {
            boolean bare = openMetrics && family.type().equals("counter");
            String title = bare ? name.substring(0, name.length() - "_total".length()) : name;
            text.append("# HELP ")
                    .append(title)
                    .append(' ')
                    .append(escaped(family.help(), openMetrics))
                    .append('\n');
            text.append("# TYPE ")
                    .append(title)
                    .append(' ')
                    .append(family.type())
                    .append('\n');
            family.samples().forEach((labels, value) -> text.append(name)
                    .append(labels)
                    .append(' ')
                    .append(value)
                    .append('\n'));
        });
        if (openMetrics) text.append("# EOF\n");
        return text.toString();
    }

    /** Two labels in this order, in which they are written at each start. */
    static Map<String, String> labels(String first, String value, String second, String other) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(first, value);
        labels.put(second, other);
        return labels;
    }

    private static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) return "";
        var text = new StringBuilder("{");
        labels.forEach((name, value) -> {
            if (text.length() > 1) text.append(',');
            text.append(name).append("=\"").append(escaped(value, true)).append('"');
        });
        return text.append('}').toString();
    }

    private static String escaped(String text, boolean quotes) {
        String safe = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", " ");
        return quotes ? safe.replace("\"", "\\\"") : safe;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
