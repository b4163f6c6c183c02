package org.cobnut.drivers.genericups;

import java.util.List;
import org.cobnut.driver.Settings;

/** One type of UPS and cable, as texts that {@link Inputs} and {@link Outputs} read. */
record Cable(String mfr, String model, String power, String ol, String lb, String rb, String bypass, String shutdown) {
    private static final String GENERIC = "Generic";
    private static final String POWERWARE = "Powerware";

    /** The types by number. */
    //         maker        model                   power      OL      LB      RB      bypass  shutdown
    static final List<Cable> ALL = List.of(
            new Cable("UPSONIC", "LAN Saver 600", "DTR+RTS", "-CTS", "DCD", "", "", "RTS"),
            new Cable("APC", "Back-UPS", "DTR", "-RNG", "DCD", "", "", "RTS"),
            new Cable("APC", "Back-UPS", "RTS", "-CTS", "DCD", "", "", "DTR+RTS"),
            new Cable("PowerTech", "Comp1000", "DTR", "-CTS", "DCD", "", "", "DTR+RTS"),
            new Cable(GENERIC, "Generic RUPS model", "RTS", "CTS", "-DCD", "", "", ""),
            new Cable("TrippLite", "Internet Office Series", "DTR", "CTS", "-DCD", "", "", "DTR+RTS"),
            new Cable("Best", "Patriot", "DTR", "CTS", "-DCD", "", "", "RTS"),
            new Cable("CyberPower", "Power99", "RTS", "CTS", "-DCD", "", "", "DTR"),
            new Cable("Nitram", "Elite UPS", "DTR", "CTS", "-DCD", "", "", Outputs.UNKNOWN),
            new Cable("APC", "Back-UPS", "", "-DCD", "CTS", "", "", "RTS"),
            new Cable("Victron", "Lite", "RTS", "CTS", "-DCD", "", "", "DTR"),
            new Cable(POWERWARE, "3115", "DTR", "-CTS", "-DCD", "", "", "BRK"),
            new Cable("APC", "Back-UPS Office", "RTS", "-CTS", "DCD", "", "", "DTR"),
            new Cable("RPT", "Repoteck", "DTR+RTS", "DCD", "-CTS", "", "", "BRK"),
            new Cable("Online", "P250, P500, P750, P1250", "DTR", "DCD", "-CTS", "", "", "RTS"),
            new Cable(POWERWARE, "5119", "DTR", "CTS", "-DCD", "", "", "BRK"),
            new Cable("Nitram", "Elite UPS", "DTR+RTS", "CTS", "-DCD", "", "", Outputs.UNKNOWN),
            new Cable("PowerKinetics", "9001", "DTR", "CTS", "-DCD", "", "", Outputs.UNKNOWN),
            new Cable("TrippLite", "Omni 450LAN", "DTR", "CTS", "DCD", "", "", Outputs.UNKNOWN),
            new Cable("Fideltronik", "Ares Series", "DTR", "CTS", "-DCD", "", "", "RTS"),
            new Cable(POWERWARE, "5119 RM", "DTR", "-CTS", "DCD", "", "", "BRK"),
            new Cable(GENERIC, "Generic RUPS 2000", "RTS", "CTS", "-DCD", "", "", "DTR+RTS"),
            new Cable("Gamatronic Electronic Industries", "Generic Alarm UPS", "RTS", "CTS", "-DCD", "", "", "DTR"),
            new Cable(GENERIC, "Generic FTTx Battery Backup", "RTS", "CTS", "-DCD", "-RNG", "-DSR", ""));

    /**
     * The type that a section names, with what it says otherwise.
     *
     * @throws IllegalArgumentException when there is no such type; said to the operator
     */
    static Cable of(Settings settings) {
        long type = settings.number("upstype");
        if (type < 0 || type >= ALL.size())
            throw new IllegalArgumentException(
                    "option 'upstype' wants 0 to %d, not %d".formatted(ALL.size() - 1, type));
        Cable cable = ALL.get((int) type);
        return new Cable(
                settings.text("mfr").orElse(cable.mfr),
                settings.text("model").orElse(cable.model),
                settings.text("CP").orElse(cable.power),
                settings.text("OL").orElse(cable.ol),
                settings.text("LB").orElse(cable.lb),
                settings.text("RB").orElse(cable.rb),
                settings.text("BYPASS").orElse(cable.bypass),
                settings.text("SD").orElse(cable.shutdown));
    }
}
