package org.cobnut.drivers.megatec.voltronic;

import java.util.ArrayList;
import java.util.List;

/** The 64 warning bits of QWS in words (nutdrv_qx(8), "UPS warnings"). */
public final class VoltronicWarnings {
    private static final String UNEQUAL = "units in parallel differ in ";

    /** From bit 1 on; an empty text is a bit without a known meaning. */
    private static final List<String> TEXTS = List.of(
            "battery disconnected",
            "neutral not connected",
            "site wiring fault",
            "wrong phase sequence",
            "wrong phase sequence in bypass",
            "unstable frequency in bypass",
            "battery overcharged",
            "battery low",
            "overload",
            "fan failure",
            "emergency power off active",
            "cannot switch on",
            "over temperature",
            "charger failure",
            "remote shutdown",
            "L1 input fuse open",
            "L2 input fuse open",
            "L3 input fuse open",
            "L1 positive PFC failure",
            "L1 negative PFC failure",
            "L2 positive PFC failure",
            "L2 negative PFC failure",
            "L3 positive PFC failure",
            "L3 negative PFC failure",
            "CAN bus failure",
            "synchronous signal failure",
            "synchronous pulse failure",
            "host signal failure",
            "male parallel connector loose",
            "female parallel connector loose",
            "parallel cable loose",
            UNEQUAL + "battery connection",
            UNEQUAL + "mains connection",
            UNEQUAL + "bypass connection",
            UNEQUAL + "model",
            UNEQUAL + "capacity",
            UNEQUAL + "auto restart",
            "battery cell overcharged",
            UNEQUAL + "battery protection",
            UNEQUAL + "battery check",
            UNEQUAL + "forbidden bypass",
            UNEQUAL + "converter mode",
            UNEQUAL + "upper bypass frequency",
            UNEQUAL + "lower bypass frequency",
            UNEQUAL + "upper bypass voltage",
            UNEQUAL + "lower bypass voltage",
            UNEQUAL + "upper mains frequency",
            UNEQUAL + "lower mains frequency",
            UNEQUAL + "upper mains voltage",
            UNEQUAL + "lower mains voltage",
            "locked in bypass after three overloads in 30 minutes",
            "unbalanced three-phase input current",
            "unbalanced three-phase input current on battery",
            "unbalanced inverter current",
            "programmable outlets about to go off",
            "battery to be replaced",
            "wrong input phase angle",
            "maintenance switch cover open",
            "",
            "",
            "",
            "EEPROM failure",
            "",
            "");

    private VoltronicWarnings() {}

    /** The sentences for the bits that are set. */
    public static List<String> sentences(String bits) {
        var sentences = new ArrayList<String>();
        for (int number = 1; number <= TEXTS.size(); number++)
            if (VoltronicRules.raised(bits, number)) sentences.add(sentence(number));
        return sentences;
    }

    private static String sentence(int number) {
        String text = TEXTS.get(number - 1);
        return text.isEmpty() ? "UPS warning " + number : "UPS warning: " + text;
    }
}
