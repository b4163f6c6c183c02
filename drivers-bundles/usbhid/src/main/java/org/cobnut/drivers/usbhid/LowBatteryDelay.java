package org.cobnut.drivers.usbhid;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cobnut.table.Known;

/**
 * Holds back a low battery that a unit tells for a moment while it calibrates itself: some APC units do so together with
 * "replace battery" and take both back.
 */
final class LowBatteryDelay {
    /** Units of which this is known. */
    private static final Pattern KNOWN = Pattern.compile("(?i).*\\bBX\\d+MI\\b.*");

    private static final Duration USUAL = Duration.ofSeconds(3);

    private final Config.Rules rules;
    private final Duration delay;
    private Optional<Long> since = Optional.empty();

    LowBatteryDelay(Config.Rules rules, String model) {
        this.rules = rules;
        this.delay = rules.lowDelay().isPresent()
                ? Duration.ofSeconds(rules.lowDelay().getAsLong())
                : KNOWN.matcher(model).matches() ? USUAL : Duration.ZERO;
    }

    /**
     * Whether a low battery counts that the device tells now.
     *
     * @param nanos of a clock that only grows
     */
    boolean counts(Known known, long nanos) {
        if (StatusRules.lowFlag(known).isEmpty()) {
            since = Optional.empty();
            return false;
        }
        long begun = since.orElse(nanos);
        since = Optional.of(begun);
        return !applies(known) || nanos - begun >= delay.toNanos();
    }

    /** A calibration, or what looks like one, on a line that is there; a battery that is used up never waits. */
    private boolean applies(Known known) {
        boolean calibrates = StatusRules.set(known, "cal") || StatusRules.contradicts(known);
        return !delay.isZero() && StatusRules.set(known, "online") && (calibrates || rules.lowDelayAlways());
    }
}
