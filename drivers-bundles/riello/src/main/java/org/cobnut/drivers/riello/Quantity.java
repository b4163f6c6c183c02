package org.cobnut.drivers.riello;

/** What a UPS of this family tells; both protocols are decoded into these. */
enum Quantity {
    SERIAL,
    MODEL,
    FIRMWARE,
    /** One digit: 1 single-phase throughout, 2 three-phase out, 3 three-phase in, 4 both. */
    PHASES,
    APPARENT_POWER,
    REAL_POWER,
    NOMINAL_BATTERY_VOLTS,
    BATTERY_CAPACITY,
    NOMINAL_OUTPUT_VOLTS,
    /** Tenths of hertz, as all frequencies are. */
    NOMINAL_OUTPUT_FREQUENCY,
    /** Bit 0 battery low, 1 mains failed, 2 locked, 3 the output is on. */
    STATE,
    /** Bit 0 voltage reduced, 1 boosted, 3 on bypass. */
    OUTPUT_STATE,
    /** Bit 0 battery bad, 2 charging. */
    BATTERY_STATE,
    /** Not used. */
    SPARE_STATE,
    /** Bit 2 overload. */
    LOAD_STATE,
    INPUT_FREQUENCY,
    INPUT_VOLTS_1,
    INPUT_VOLTS_2,
    INPUT_VOLTS_3,
    OUTPUT_FREQUENCY,
    OUTPUT_VOLTS_1,
    OUTPUT_VOLTS_2,
    OUTPUT_VOLTS_3,
    LOAD_1,
    LOAD_2,
    LOAD_3,
    BYPASS_FREQUENCY,
    BYPASS_VOLTS_1,
    BYPASS_VOLTS_2,
    BYPASS_VOLTS_3,
    /** Tenths of volts. */
    BATTERY_VOLTS,
    CHARGE,
    /** Minutes. */
    RUNTIME,
    TEMPERATURE,
    OUTPUT_CURRENT_1,
    OUTPUT_CURRENT_2,
    OUTPUT_CURRENT_3,
    OUTPUT_WATTS_1,
    OUTPUT_WATTS_2,
    OUTPUT_WATTS_3,
    OUTPUT_VA_1,
    OUTPUT_VA_2,
    OUTPUT_VA_3;

    /** The same of another phase, 1 to 3; this is that of a phase. */
    Quantity phase(int phase) {
        return valueOf(name().substring(0, name().length() - 1) + phase);
    }
}
