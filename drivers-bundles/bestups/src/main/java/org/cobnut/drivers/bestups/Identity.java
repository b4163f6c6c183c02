package org.cobnut.drivers.bestups;

import java.util.List;
import java.util.Optional;
import org.cobnut.table.Numbers;

/**
 * What a unit says of itself, such as {@code FOR,750,120,120,20.0,27.6}. Immutable.
 *
 * @param low volts of the battery as the unit tells them, when it is empty
 * @param high the same, when it is full
 * @param inverted whether the bit for a regulated voltage is 0 when it is regulated
 */
record Identity(
        String maker, String model, String inputVolts, String outputVolts, double low, double high, boolean inverted) {
    /** Nominal voltages that there are. */
    private static final List<Integer> NOMINAL = List.of(2, 6, 12, 24, 36, 48, 72, 96);

    private static final String BEST = "Best Power";
    private static final String SOLA = "Sola Australia";

    /**
     * Reads an identity.
     *
     * @return empty when it has fewer than six parts
     */
    static Optional<Identity> of(String text) {
        String[] parts = text.strip().split(",", -1);
        if (parts.length < 6) return Optional.empty();
        return Optional.of(new Identity(
                maker(parts[0]),
                name(parts[0], parts[1]),
                whole(parts[2]),
                whole(parts[3]),
                Numbers.leading(parts[4]).orElse(0.),
                Numbers.leading(parts[5]).orElse(0.),
                parts[0].equals("PRO") || parts[0].equals("PR2")));
    }

    private static String maker(String letters) {
        return switch (letters) {
            case "FOR", "FTC", "PRO", "PR2", "610", "AX1" -> BEST;
            case "325", "520", "620" -> SOLA;
            default -> "Unknown";
        };
    }

    private static String name(String letters, String rating) {
        return switch (letters) {
            case "FOR" -> "Fortress " + rating;
            case "FTC" -> "Fortress Telecom " + rating;
            case "PRO" -> "Patriot Pro " + rating;
            case "PR2" -> "Patriot Pro II " + rating;
            case "610" -> "610 " + rating;
            case "AX1" -> "Axxium Rackmount " + rating;
            case "325", "520", "620" -> "Sola " + letters + " " + rating;
            default -> "Unknown " + letters + " (" + rating + ")";
        };
    }

    private static String whole(String text) {
        return Numbers.leading(text)
                .map(volts -> Integer.toString(volts.intValue()))
                .orElse("0");
    }

    /** The nominal voltage between empty and full, as the unit tells volts. */
    Optional<Integer> nominal() {
        return NOMINAL.stream().filter(volts -> low < volts && high > volts).findFirst();
    }

    /** The same with another voltage of a full battery. */
    Identity full(double volts) {
        return new Identity(maker, model, inputVolts, outputVolts, low, volts, inverted);
    }
}
