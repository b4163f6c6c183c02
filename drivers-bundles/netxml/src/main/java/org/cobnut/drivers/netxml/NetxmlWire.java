package org.cobnut.drivers.netxml;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;
import org.cobnut.table.Wire;

/** Reads all objects of a card at once. */
final class NetxmlWire implements Wire<String> {
    private static final String PAGES = "the pages of the card";

    /** What old cards tell ten times too large. */
    private static final Pattern TENTHS = Pattern.compile(
            "ups\\.powerconverter\\.(?:input\\[1]|output)\\.phase\\[[123]]\\.current|pdu\\.outletsystem\\.outlet\\[\\d+]\\.current");

    private final Card card;
    private final boolean tenths;

    NetxmlWire(Card card, boolean tenths) {
        this.card = card;
        this.tenths = tenths;
    }

    @Override
    public Object unit(String object) {
        return PAGES;
    }

    @Override
    public Map<String, String> read(List<String> objects) throws IOException {
        Map<String, String> told = card.read();
        var answers = new HashMap<String, String>();
        for (String object : objects) {
            String value = told.get(object.toLowerCase(Locale.ROOT));
            if (value != null) answers.put(object, tenth(object, value));
        }
        if (answers.isEmpty()) throw new IOException("the card tells nothing of its UPS");
        return answers;
    }

    private String tenth(String object, String value) {
        if (!tenths || !TENTHS.matcher(object.toLowerCase(Locale.ROOT)).matches()) return value;
        return Numbers.parse(value)
                .map(number -> Numbers.format(number / 10, 1))
                .orElse(value);
    }

    @Override
    public Outcome write(String object, String raw) {
        return Outcome.failed("objects of the card cannot be set");
    }

    @Override
    public void close() {
        card.close();
    }
}
