package org.cobnut.notify.delivery;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The commands {@code nutctl notify list | log | test}. */
@Component(
        service = NotifyCommands.class,
        property = {"osgi.command.scope=nut", "osgi.command.function=notify"})
public final class NotifyCommands {
    private static final int SOME = 50;
    private static final int MARGIN_SECONDS = 10;
    private static final String NO_TARGET =
            "there is no target: notify.conf has no section; notify.conf.sample shows some";

    private final DeliveryLog deliveries;
    private final Map<String, Target> targets = new ConcurrentSkipListMap<>();

    @Activate
    public NotifyCommands(@Reference DeliveryLog deliveries) {
        this.deliveries = deliveries;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(Target target) {
        targets.put(target.name(), target);
    }

    void remove(Target target) {
        targets.remove(target.name(), target);
    }

    /** {@code list}, {@code log} or {@code test}. */
    public Columns notify(String what) throws IOException, InterruptedException {
        return switch (what) {
            case "list" -> list();
            case "log" -> log(SOME);
            case "test" -> test(targets.values());
            default -> throw unknown(what);
        };
    }

    /** {@code log NUMBER} or {@code test TARGET}. */
    public Columns notify(String what, String word) throws IOException, InterruptedException {
        switch (what) {
            case "log" -> {
                if (!word.matches("[1-9]\\d{0,8}"))
                    throw new IllegalArgumentException("notify log takes a number above 0, not \"" + word + '"');
                return log(Integer.parseInt(word));
            }
            case "test" -> {
                Target target = targets.get(word);
                if (target == null)
                    throw new IllegalArgumentException(
                            targets.isEmpty()
                                    ? NO_TARGET
                                    : "there is no target %s; notify.conf has %s"
                                            .formatted(word, String.join(", ", targets.keySet())));
                return test(List.of(target));
            }
            default -> throw unknown(what);
        }
    }

    private static IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException("notify takes list, log or test, not \"%s\"".formatted(what));
    }

    private Columns list() {
        var columns = new Columns("TARGET", "KIND", "STATE", "WAITING", "DELIVERED", "ERROR");
        for (Target target : targets.values()) {
            TargetHealth health = target.health();
            String state = !target.fault().isEmpty() ? "unusable" : health.failing() ? "failing" : "ready";
            String error = target.fault().isEmpty() ? health.error() : target.fault();
            columns.row(
                            target.name(),
                            target.kind(),
                            state,
                            String.valueOf(target.waiting()),
                            time(health.delivered()),
                            error.isEmpty() ? "-" : error)
                    .with("waiting", target.waiting())
                    .with("failed", health.failed().map(Instant::toString));
        }
        return targets.isEmpty() ? columns.note(NO_TARGET) : columns;
    }

    private static String time(Optional<Instant> at) {
        return at.map(Instant::toString).orElse("-");
    }

    private Columns log(int most) throws IOException {
        var columns = new Columns("TIME", "TARGET", "EVENT", "UPS", "TRIES", "OUTCOME");
        for (String line : deliveries.last(most)) {
            String[] cells = line.split("\t", -1);
            if (cells[3].isEmpty()) cells[3] = "-";
            columns.row(cells).with("tries", Integer.valueOf(cells[4]));
        }
        return columns;
    }

    /** Sends a test message to each target at once. Waits for what comes of it. */
    private static Columns test(Collection<Target> targets) throws InterruptedException {
        if (targets.isEmpty()) throw new IllegalStateException(NO_TARGET);
        var tests = new LinkedHashMap<Target, CompletableFuture<Optional<String>>>();
        for (Target target : targets) tests.put(target, target.test());
        var columns = new Columns("TARGET", "OUTCOME");
        var failures = new ArrayList<String>();
        long begin = System.nanoTime();
        for (Map.Entry<Target, CompletableFuture<Optional<String>>> test : tests.entrySet()) {
            Target target = test.getKey();
            long limit = TimeUnit.SECONDS.toNanos(3 * target.timeout().toSeconds() + MARGIN_SECONDS);
            Optional<String> failure = outcome(test.getValue(), limit - (System.nanoTime() - begin));
            failure.ifPresent(why -> failures.add("%s: not delivered: %s".formatted(target.name(), why)));
            columns.row(target.name(), failure.isEmpty() ? "delivered" : "failed");
        }
        if (failures.isEmpty()) return columns;
        if (targets.size() > failures.size())
            failures.add("%d of %d targets took the test message"
                    .formatted(targets.size() - failures.size(), targets.size()));
        throw new IllegalStateException(String.join("\n", failures));
    }

    private static Optional<String> outcome(CompletableFuture<Optional<String>> test, long nanos)
            throws InterruptedException {
        try {
            return test.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return Optional.of("no outcome so far; see: nutctl notify log");
        } catch (ExecutionException broken) {
            return Optional.of(ErrorText.of(broken));
        }
    }
}
