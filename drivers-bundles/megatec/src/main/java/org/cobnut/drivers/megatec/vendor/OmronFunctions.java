package org.cobnut.drivers.megatec.vendor;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.table.Format;
import org.cobnut.table.Known;

/** Omron units. */
final class OmronFunctions {
    /** {@code M:0.17(S:2.00)}: the main version and the other one. */
    private static final Pattern VERSIONS = Pattern.compile("M:(\\d+\\.\\d+)\\(S:(\\d+\\.\\d+)\\) *");

    static final Map<String, Format> FORMATS =
            Map.of("omron-firmware", version(1), "omron-firmware-aux", version(2), "date", OmronFunctions::date);

    private OmronFunctions() {}

    private static Format version(int number) {
        return (raw, known) -> {
            Matcher versions = VERSIONS.matcher(raw);
            return versions.matches() ? Optional.of(versions.group(number)) : Optional.empty();
        };
    }

    /** Eight digits as a date; one that is none says nothing. */
    private static Optional<String> date(String raw, Known known) {
        try {
            return Optional.of(LocalDate.parse(raw.strip(), DateTimeFormatter.BASIC_ISO_DATE)
                    .toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
