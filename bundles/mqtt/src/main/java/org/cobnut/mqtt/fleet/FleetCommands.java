package org.cobnut.mqtt.fleet;

import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.apache.felix.service.command.Descriptor;
import org.cobnut.fleet.Fleet;
import org.cobnut.fleet.FleetUps;
import org.cobnut.wire.Columns;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Provides the command fleet. */
@Component(
        service = FleetCommands.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=fleet"})
public final class FleetCommands {
    private static final String NOTHING = "-";
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");
    private static final int MINUTE = 60;

    private final AtomicReference<@Nullable Fleet> fleet = new AtomicReference<>();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setFleet(Fleet now) {
        fleet.set(now);
    }

    void unsetFleet(Fleet gone) {
        fleet.compareAndSet(gone, null);
    }

    /** All UPSes of all nodes. */
    @Descriptor("every UPS that any machine publishes at the MQTT broker")
    public Columns fleet() {
        Fleet now = fleet.get();
        if (now == null)
            throw new IllegalStateException("mqtt.conf does not say fleet = yes with a broker; see docs/mqtt.md");
        var columns = new Columns("NODE", "UPS", "STATUS", "CHARGE", "RUNTIME", "LOAD", "SINCE");
        for (FleetUps ups : now.upses())
            columns.row(
                            ups.node(),
                            ups.ups(),
                            ups.reachable() ? text(ups.status()) : "not reachable",
                            percent(ups.charge()),
                            runtime(ups.runtime()),
                            percent(ups.load()),
                            ups.since()
                                    .map(since -> since.truncatedTo(ChronoUnit.SECONDS)
                                            .toString())
                                    .orElse(NOTHING))
                    .with("reachable", ups.reachable())
                    .with("status", value(ups.status()))
                    .with("charge", number(ups.charge()))
                    .with("runtime", number(ups.runtime()))
                    .with("load", number(ups.load()))
                    .with("alarm", value(ups.alarm()))
                    .with("model", value(ups.model()));
        now.fault().ifPresent(columns::note);
        return columns;
    }

    private static String text(String value) {
        return value.isEmpty() ? NOTHING : value;
    }

    private static Object value(String text) {
        return text.isEmpty() ? Optional.empty() : text;
    }

    /** A number, or what the device says in place of one. */
    private static Object number(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : value(text);
    }

    private static String percent(String value) {
        return value.isEmpty() ? NOTHING : value + " %";
    }

    private static String runtime(String value) {
        if (!NUMBER.matcher(value).matches()) return text(value);
        long seconds = new BigDecimal(value).longValue();
        return "%d:%02d min".formatted(seconds / MINUTE, seconds % MINUTE);
    }
}
