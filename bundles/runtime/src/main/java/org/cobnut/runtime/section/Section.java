package org.cobnut.runtime.section;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.driver.Options;
import org.cobnut.driver.Settings;

/**
 * A section of ups.conf, as far as it matters to whoever runs the device (ups.conf(5)).
 *
 * @param interval seconds between polls; 0 for the common one
 * @param synchronous as given; empty for the common one
 * @param debug level that driver.debug begins with; -1 for the common one
 * @param shutdowns the commands that switch the load off, of which the first that works counts; none for the driver's own
 * @param options every other line, by key; a flag's value is empty
 * @param origin file and line, for messages
 */
public record Section(
        String ups,
        String driver,
        String port,
        String description,
        int interval,
        String synchronous,
        int debug,
        boolean ignoreLowBattery,
        boolean allowKillpower,
        boolean noLock,
        List<String> shutdowns,
        Map<String, String> options,
        String origin) {
    /** The command by which every driver switches the load off in its own way. */
    public static final String DEFAULT_SHUTDOWN = "shutdown.default";

    private static final String DEFAULT = "default.";
    private static final String OVERRIDE = "override.";
    private static final String RECORD = "record";

    /** Keys of every section that are not the driver's business, unless it declares them. */
    private static final Set<String> COMMON = Set.of(
            "maxstartdelay",
            "maxretry",
            "retrydelay",
            "nowait",
            "user",
            "group",
            "nolock",
            "debug_min",
            "synchronous",
            "libusb_debug",
            "reconnect_max_tries",
            "reconnect_report_freq",
            "sddelay",
            "isolation",
            RECORD);

    public Section {
        shutdowns = shutdowns.isEmpty() ? List.of(DEFAULT_SHUTDOWN) : List.copyOf(shutdowns);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Lines as {@code key = value}, or a key alone; the last line of a key counts. */
    public static Map<String, String> options(String... lines) {
        var options = new LinkedHashMap<String, String>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            String key = (equals < 0 ? line : line.substring(0, equals)).trim();
            // One blank stands for the sign; any other is the value's own, which may be a password.
            int value = line.startsWith(" ", equals + 1) ? equals + 2 : equals + 1;
            if (!key.isEmpty()) options.put(key, equals < 0 ? "" : line.substring(value));
        }
        return options;
    }

    /** Whether a device that runs by this section may go on by the other as it is. */
    public boolean runsAs(Section other) {
        return lasting().equals(other.lasting());
    }

    /** What the driver is given: its own keys. */
    public Settings settings(Options known) {
        var values = new LinkedHashMap<String, String>();
        options.forEach((key, value) -> {
            boolean common = COMMON.contains(key.toLowerCase(Locale.ROOT)) || presets(key);
            if (known.find(key).isPresent() || !common) values.put(key, value);
        });
        return Settings.of(ups, port, known, values);
    }

    /** The file that the links of the device are recorded into. */
    public Optional<String> record() {
        return Optional.ofNullable(options.get(RECORD)).filter(file -> !file.isBlank());
    }

    /** Values that count until the device supplies its own, by variable. */
    public Map<String, String> defaults() {
        return beginningWith(DEFAULT);
    }

    /** Values that count whatever the device says, by variable. */
    public Map<String, String> overrides() {
        return beginningWith(OVERRIDE);
    }

    /** Returns whether a key gives a variable a value, by {@code default.} or {@code override.} */
    public static boolean presets(String key) {
        return key.startsWith(DEFAULT) || key.startsWith(OVERRIDE);
    }

    /** Says which section it is and no more: options hold secrets. */
    @Override
    public String toString() {
        return (origin.isEmpty() ? "ups.conf" : origin) + ": [" + ups + "] " + driver;
    }

    private Map<String, String> beginningWith(String prefix) {
        var found = new LinkedHashMap<String, String>();
        options.forEach((key, value) -> {
            if (key.startsWith(prefix)) found.put(key.substring(prefix.length()), value);
        });
        return found;
    }

    private Section lasting() {
        return new Section(
                ups, driver, port, "", 0, "", -1, ignoreLowBattery, allowKillpower, noLock, shutdowns, options, "");
    }
}
