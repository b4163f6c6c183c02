package org.cobnut.drivers.powercom;

import java.util.List;

/**
 * What is known of a unit since it was opened.
 *
 * @param name the type that it turned out to be
 * @param model the number in the name of the model; 0 for a type that does not tell it
 * @param lineVoltage volts
 */
record Unit(Type type, String name, int model, int lineVoltage) {
    private static final int[] VOLTAGES = {100, 110, 115, 120, 0, 0, 0, 200, 220, 230, 240, 0, 0, 0, 0, 0};
    private static final int[] BNT = {0, 400, 500, 600, 800, 801, 1000, 1200, 1500, 2000, 0, 0, 0, 0, 0, 0};
    private static final int[] KIN = {
        0, 425, 500, 525, 625, 800, 1000, 1200, 1500, 1600, 2200, 2200, 2500, 3000, 5000, 0
    };
    private static final int[] IMP = {0, 425, 525, 625, 825, 1025, 1200, 1500, 2000, 0, 0, 0, 0, 0, 0, 0};
    private static final int[] OPTI = {0, 0, 0, 575, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    static final int VERSION = 5;
    static final int FAMILY = 11;
    static final int MODEL = 12;

    /** The types that tell their model. */
    private static final List<String> TELLING = List.of("BNT", "BNT-other", "KIN", "IMP", "OPTI");

    /** Finds out by an answer what a unit of this type is; the voltage counts for a unit that does not say. */
    static Unit of(Type type, int lineVoltage, String answer) {
        if (!TELLING.contains(type.name()) || answer.length() <= MODEL)
            return new Unit(type, type.name(), 0, lineVoltage);
        int number = answer.charAt(MODEL) / 16;
        int told = VOLTAGES[answer.charAt(MODEL) % 16];
        String name = name(type.name(), answer);
        int[] models =
                switch (name) {
                    case "IMP" -> IMP;
                    case "KIN" -> KIN;
                    case "OPTI" -> OPTI;
                    default -> BNT;
                };
        return new Unit(type, name, models[number], told > 0 ? told : lineVoltage);
    }

    private static String name(String type, String answer) {
        char family = answer.charAt(FAMILY);
        if (family == 0x4F) return "OPTI";
        if (answer.charAt(VERSION) == 0xFF) return "IMP";
        if (type.equals("BNT-other")) return type;
        return switch (family) {
            case 0x42 -> "BNT";
            case 0x4B -> "KIN";
            default -> type;
        };
    }

    /** The name of the model, such as KIN-1500AP; the fallback for a unit that does not tell it. */
    String title(String fallback) {
        if (!TELLING.contains(type.name())) return fallback;
        return name.equals("OPTI") ? "OPTI-" + model : name + "-" + model + "AP";
    }
}
