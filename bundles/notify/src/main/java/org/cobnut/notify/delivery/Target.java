package org.cobnut.notify.delivery;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cobnut.notify.Message;
import org.cobnut.notify.Notifier;
import org.cobnut.notify.Sender;
import org.cobnut.notify.Severity;
import org.cobnut.notify.TargetSettings;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeListener;
import org.cobnut.wire.HostName;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A section of notify.conf: hears every notice, queues those that it is for, and has them sent by the notifier of its
 * kind. An edit counts at once; what waits stays.
 */
@Component(
        service = {Target.class, NoticeListener.class},
        configurationPid = "cobnut.notify",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Target implements NoticeListener, DeliveryQueue.Handler {
    private static final Logger log = LoggerFactory.getLogger(Target.class);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);
    private static final String TEST = "This is a test of the target [%s] of notify.conf";

    private final BundleContext context;
    private final TargetReader sections;
    private final DeliveryThreads threads;
    private final DeliveryLog deliveries;
    private final DeliveryQueue queue;
    private final String host = HostName.get();
    private final TargetHealth health;
    /** Those that are there, by kind. */
    private final Map<String, ServiceReference<Notifier>> notifiers = new HashMap<>();

    private volatile State state;

    /**
     * What is in force.
     *
     * @param sender none while the kind has no bundle, or the settings cannot be used
     * @param fault why there is no sender
     */
    private record State(
            String kind, TargetSettings settings, DeliveryRule rule, Optional<Sender> sender, String fault) {
        State without(String why) {
            return new State(kind, settings, rule, Optional.empty(), why);
        }
    }

    @Activate
    public Target(
            BundleContext context,
            Map<String, Object> properties,
            @Reference TargetReader sections,
            @Reference DeliveryThreads threads,
            @Reference DeliveryLog deliveries) {
        this(context, properties, sections, threads, deliveries, PAUSE);
    }

    Target(
            BundleContext context,
            Map<String, Object> properties,
            TargetReader sections,
            DeliveryThreads threads,
            DeliveryLog deliveries,
            long pause) {
        this.context = context;
        this.sections = sections;
        this.threads = threads;
        this.deliveries = deliveries;
        state = state(properties);
        health = new TargetHealth(state.settings.target());
        queue = new DeliveryQueue(threads, this, this::abort, System::nanoTime, pause);
    }

    private State state(Map<String, Object> properties) {
        TargetSettings settings = sections.settings(properties);
        String kind = settings.text("kind").orElse("");
        return new State(
                kind, settings, DeliveryRule.of(settings), Optional.empty(), "no bundle brings the kind " + kind);
    }

    @Modified
    synchronized void modified(Map<String, Object> properties) {
        State before = state;
        try {
            state = opened(state(properties));
        } catch (IllegalArgumentException wrong) {
            log.warn("Target [{}] of notify.conf: {}; what was in force stays", name(), wrong.getMessage());
            return;
        }
        before.sender.ifPresent(Sender::close);
        queue.hurry();
    }

    @Deactivate
    void stop() {
        queue.close();
    }

    /** Only the notifier of this kind is ever made; a bundle that no target needs does nothing. */
    @Reference(service = Notifier.class, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void add(ServiceReference<Notifier> reference) {
        String kind = String.valueOf(reference.getProperty(Notifier.KIND));
        if (notifiers.putIfAbsent(kind, reference) != null || !kind.equals(state.kind)) return;
        try {
            state = opened(state);
        } catch (IllegalArgumentException wrong) {
            state = state.without("it cannot be used: " + wrong.getMessage());
            log.warn("Target [{}] of notify.conf: {}", name(), state.fault);
        }
        queue.hurry();
    }

    synchronized void remove(ServiceReference<Notifier> reference) {
        String kind = String.valueOf(reference.getProperty(Notifier.KIND));
        if (!notifiers.remove(kind, reference) || !kind.equals(state.kind)) return;
        state.sender.ifPresent(Sender::close);
        state = state.without("the bundle of the kind " + kind + " is stopped");
    }

    /**
     * The state with its sender, if there is what makes it.
     *
     * @throws IllegalArgumentException when the settings make none
     */
    private State opened(State now) {
        ServiceReference<Notifier> reference = notifiers.get(now.kind);
        Notifier notifier = reference == null ? null : context.getService(reference);
        if (notifier == null) return now;
        try {
            return new State(now.kind, now.settings, now.rule, Optional.of(notifier.open(now.settings)), "");
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(now.settings.mask(String.valueOf(wrong.getMessage())), wrong);
        } catch (RuntimeException | LinkageError broken) { // of another bundle
            throw new IllegalArgumentException(
                    now.settings.mask("the bundle of the kind " + now.kind + " is broken: " + broken), broken);
        } finally {
            context.ungetService(reference);
        }
    }

    private void abort() {
        state.sender.ifPresent(Sender::close);
    }

    String name() {
        return state.settings.target();
    }

    String kind() {
        return state.kind;
    }

    TargetHealth health() {
        return health;
    }

    int waiting() {
        return queue.waiting();
    }

    /** Why nothing can be sent; empty when something can. */
    String fault() {
        return state.fault;
    }

    Duration timeout() {
        return state.settings.timeout();
    }

    /** Sends a test message as every other is sent; completes with why it was not delivered, or with nothing. */
    CompletableFuture<Optional<String>> test() {
        var message = Message.of(Severity.INFORMATION, "TEST", "", TEST.formatted(name()), Instant.now(), host);
        return queue.test(message).thenApply(failure -> failure.map(this::reason));
    }

    @Override
    public void noticed(Notice notice) {
        State now = state;
        if (!now.rule.wants(notice)) return;
        var message = Message.of(
                DeliveryRule.severity(notice.type()),
                notice.type().name(),
                notice.ups(),
                notice.text(),
                notice.at(),
                host);
        if (!now.rule.silences(notice, LocalTime.ofInstant(notice.at(), ZoneId.systemDefault()))) queue.add(message);
        else threads.execute(() -> deliveries.add(Instant.now(), name(), message, 0, "not sent: quiet hours"));
    }

    @Override
    public List<String> faults(Set<String> upses) {
        String fault = state.fault;
        return fault.isEmpty() ? List.of() : List.of("target [%s] of notify.conf: %s".formatted(name(), fault));
    }

    @Override
    public void send(Message message) throws IOException, InterruptedException {
        State now = state;
        now.sender.orElseThrow(() -> new IOException(now.fault)).send(message);
    }

    @Override
    public void ended() {
        abort();
    }

    @Override
    public int retries() {
        return state.rule.retries();
    }

    @Override
    public void tried(Message message, int tries, Optional<Exception> failure, boolean last) {
        String why = failure.map(this::reason).orElse("");
        health.tried(message, why, last, waiting());
        if (last) deliveries.add(Instant.now(), name(), message, tries, why.isEmpty() ? "delivered" : "failed: " + why);
    }

    @Override
    public void full() {
        log.warn(
                "Target [{}] of notify.conf: {} messages wait, and the oldest are dropped until it takes some",
                name(),
                DeliveryQueue.MOST);
    }

    @Override
    public void dropped(int messages) {
        String what = messages + " messages were dropped, because " + DeliveryQueue.MOST + " waited already";
        log.warn("Target [{}] of notify.conf: {}", name(), what);
        deliveries.add(Instant.now(), name(), "-", "", 0, what);
    }

    private String reason(Exception failure) {
        return state.settings.mask(FailureReason.of(failure));
    }

    @Override
    public String toString() {
        return state.settings.toString();
    }
}
