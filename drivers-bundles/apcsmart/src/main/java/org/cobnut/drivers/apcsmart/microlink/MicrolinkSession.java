package org.cobnut.drivers.apcsmart.microlink;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.drivers.apcsmart.microlink.Description.Place;
import org.cobnut.model.Outcome;
import org.cobnut.table.Numbers;

/** One unit. */
final class MicrolinkSession implements Session {
    private static final String STATE = "2:4.A";
    private static final String GROUPS = "2:4.3E.B6";
    private static final int LOW_RUNTIME = 14;
    private static final ValueTable TABLE = new ValueTable();

    /** Bits of errors that are told as alarms, by path. */
    private static final Map<String, Map<Integer, String>> ALARMS = Map.of(
            STATE,
            Map.of(5, "General fault", 6, "Input not acceptable"),
            "2:4.34",
            Map.of(
                    0,
                    "Battery disconnected",
                    1,
                    "Battery overvoltage",
                    3,
                    "Battery overtemperature",
                    4,
                    "Charger fault"),
            "2:4.36",
            Map.of(1, "Output short circuit", 4, "Overtemperature", 10, "Fan fault", 13, "Inverter fault"),
            "2:4.38",
            Map.of(0, "Site wiring", 7, "Emergency power off"));

    private final Pages pages;
    private final Map<String, Place> places;
    private final Map<String, Order> orders;

    /** Bits that are written to a path. */
    record Order(String path, long bits) {}

    MicrolinkSession(Pages pages, Map<String, Place> places, Map<String, Order> orders) {
        this.pages = pages;
        this.places = places;
        this.orders = orders;
    }

    @Override
    public void poll(Report report, Due due) throws IOException {
        try {
            pages.until(places.getOrDefault(STATE, new Place(0, 0)).at() / pages.width());
        } catch (IOException e) {
            throw new IOException("the UPS sends no pages: " + e.getMessage(), e);
        }
        Map<String, String> told = new LinkedHashMap<>();
        for (ValueTable.Value value : TABLE.all()) {
            Place place = places.get(value.path());
            if (place == null) continue;
            String text = TABLE.text(value, pages.bytes(place.at(), place.size()));
            if (text.isEmpty()) continue;
            told.put(value.name(), text);
            report.set(value.name(), text, TABLE.type(value, place.size()));
        }
        report.set("ups.mfr", "APC");
        Optional<Double> nominal =
                Numbers.parse(told.getOrDefault("ups.realpower.nominal", "")).filter(watts -> watts > 0);
        Numbers.parse(told.getOrDefault("ups.realpower", ""))
                .ifPresent(watts ->
                        nominal.ifPresent(all -> report.set("ups.load", Numbers.format(watts * 100 / all, 0))));
        status(report, told);
        orders.keySet().forEach(report::command);
    }

    private void status(Report report, Map<String, String> told) {
        boolean battery = has(STATE, 2);
        if (has(STATE, 1)) report.status("OL");
        if (battery) report.status("OB");
        if (has(STATE, 3)) report.status("BYPASS");
        if (has(STATE, 4)) report.status("OFF");
        double left = Numbers.parse(told.getOrDefault("battery.runtime", "")).orElse(Double.MAX_VALUE);
        double warning = Numbers.parse(told.getOrDefault("battery.lowruntimewarning", ""))
                .orElse(0.);
        if (battery && (has(GROUPS, LOW_RUNTIME) || left <= warning)) report.status("LB");
        health(report);
        String quality = " " + told.getOrDefault("input.quality", "") + " ";
        if (!battery && quality.contains(" BOOST ")) report.status("BOOST");
        if (!battery && quality.contains(" TRIM ")) report.status("TRIM");
    }

    private void health(Report report) {
        if (has("2:4.34", 2)) report.status("RB");
        if (has("2:13", 1)) report.status("CAL");
        if (has(STATE, 21) || has("2:4.36", 0)) report.status("OVER");
        ALARMS.forEach((path, bits) -> bits.forEach((bit, sentence) -> {
            if (has(path, bit)) report.alarm(sentence);
        }));
    }

    private boolean has(String path, int bit) {
        Place place = places.get(path);
        return place != null
                && 8 * place.size() > bit
                && place.size() <= 8
                && (ValueTable.number(pages.bytes(place.at(), place.size())) >> bit & 1) != 0;
    }

    @Override
    public Outcome set(String variable, String text) throws IOException {
        for (ValueTable.Value value : TABLE.all()) {
            Place place = places.get(value.path());
            if (place == null || !value.writable() || !value.name().equalsIgnoreCase(variable)) continue;
            try {
                pages.write(place.at(), TABLE.bytes(value, text, place.size()));
                return Outcome.handled();
            } catch (IllegalArgumentException e) {
                return Outcome.invalid(String.valueOf(e.getMessage()));
            }
        }
        return Outcome.unknown();
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        Order order = orders.get(command.equalsIgnoreCase("shutdown.default") ? "shutdown.return" : command);
        Place place = order == null ? null : places.get(order.path());
        if (order == null || place == null) return Outcome.unknown();
        var bytes = new byte[place.size()];
        for (int i = 0; i < bytes.length && i < 8; i++) bytes[bytes.length - 1 - i] = (byte) (order.bits() >> (8 * i));
        pages.write(place.at(), bytes);
        return Outcome.handled();
    }

    @Override
    public void close() {
        pages.close();
    }
}
