package org.cobnut.drivers.megatec.vendor;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.table.Format;
import org.cobnut.table.Row.Argument;
import org.cobnut.table.Words;

/** All functions of this package, by the names that mapping files have for them. */
public final class VendorFunctions {
    private VendorFunctions() {}

    /** For variables. */
    public static Map<String, Format> formats() {
        return all(List.of(
                HexFunctions.FORMATS,
                BestFunctions.FORMATS,
                OmronFunctions.FORMATS,
                AblerexFunctions.FORMATS,
                GtecFunctions.FORMATS,
                MasterguardFunctions.FORMATS,
                AxpertFunctions.FORMATS));
    }

    /** For status words and alarms. */
    public static Map<String, Words> words() {
        return all(List.of(
                HexFunctions.WORDS,
                BestFunctions.WORDS,
                AblerexFunctions.WORDS,
                GtecFunctions.WORDS,
                AxpertFunctions.WORDS));
    }

    /** For settings and commands. */
    public static Map<String, Argument> arguments() {
        return all(List.of(BestFunctions.ARGUMENTS, MasterguardFunctions.ARGUMENTS, AxpertFunctions.ARGUMENTS));
    }

    private static <F> Map<String, F> all(List<Map<String, F>> parts) {
        var all = new TreeMap<String, F>();
        parts.forEach(all::putAll);
        return all;
    }
}
