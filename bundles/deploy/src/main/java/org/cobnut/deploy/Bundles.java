package org.cobnut.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to the framework's bundles for the jars of the directory. For the deployer's thread only. */
final class Bundles {
    private static final Logger log = LoggerFactory.getLogger(Bundles.class);
    private static final String TRIAL = "#trial";
    private static final long REFRESH_SECONDS = 30;

    private final BundleContext context;
    private final FrameworkWiring wiring;
    private final Wants wants;
    private final Collection<Drop> all;
    private final SignatureRule rule;
    private final StartRecord record;
    private final Deadline deadline;

    Bundles(BundleContext context, Collection<Drop> all, long deadlineMillis) {
        this.context = context;
        this.all = all;
        rule = new SignatureRule(context);
        record = new StartRecord(Path.of(String.valueOf(context.getProperty("cobnut.statepath"))));
        deadline = new Deadline(deadlineMillis);
        wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        wants = new Wants(wiring);
    }

    /**
     * Takes what is in the file, if it changed, and starts what should run and does not.
     *
     * @return whether there is something now that others may have waited for
     */
    boolean advance(Drop drop) {
        boolean on = false;
        try {
            if (stuck(drop)) throw new Refusal("its bundle does not come back from its start or stop; restart Cobnut");
            if (drop.changed()) on = take(drop);
            on |= start(drop);
            drop.settled();
        } catch (Refusal refusal) {
            boolean runs = drop.changed() && active(drop.bundle());
            drop.waits(refusal.why() + (runs ? "; " + title(drop) + " goes on" : ""));
        }
        return on;
    }

    /** Whether a call for the bundle has not returned yet; what comes back late counts as well as in time. */
    private boolean stuck(Drop drop) {
        if (!drop.stuck() || !active(drop.bundle())) return drop.stuck();
        drop.stuck(false);
        drop.started(true);
        record.clear(drop.digest());
        log.info("{}: {} runs at last", drop.name(), title(drop));
        return false;
    }

    /** Notes what the log and the next process must know of a bundle that does not come back. */
    private Refusal overdue(Drop drop, Deadline.Overdue late) {
        drop.stuck(true);
        record.add(drop.digest(), drop.name());
        log.error("{}: {}; the other jars go on without it", drop.name(), late.getMessage());
        return new Refusal(String.valueOf(late.getMessage()), late);
    }

    void remove(Drop drop) {
        Bundle bundle = drop.bundle();
        if (bundle == null || bundle.getState() == Bundle.UNINSTALLED) return;
        if (drop.stuck()) {
            log.error("{}: {} stays, for it does not come back; restart Cobnut", drop.name(), title(drop));
            return;
        }
        try {
            deadline.await(drop.name(), bundle::uninstall);
            refresh(bundle);
            log.info("{}: {} is gone", drop.name(), title(drop));
        } catch (BundleException e) {
            log.error("{}: {} does not go", drop.name(), title(drop), e);
        } catch (Deadline.Overdue e) {
            log.error("{}: {} does not go: {}", drop.name(), title(drop), e.getMessage());
        }
    }

    private boolean take(Drop drop) throws Refusal {
        Path copy = context.getDataFile(drop.name()).toPath();
        try (Parcel parcel = Parcel.of(drop.file().toPath(), copy)) {
            String location = drop.file().toURI().toString();
            Bundle bundle = drop.bundle();
            if (bundle == null || bundle.getState() == Bundle.UNINSTALLED) bundle = context.getBundle(location);
            if (bundle != null && drop.digest().equals(parcel.digest())) {
                drop.taken(bundle, parcel.digest()); // touched, or put back as it was
                return false;
            }
            Bundle itself = bundle;
            Optional<Bundle> twin = List.of(context.getBundles()).stream()
                    .filter(other -> !other.equals(itself)
                            && parcel.symbolicName().equals(other.getSymbolicName())
                            && parcel.version().equals(other.getVersion()))
                    .findFirst();
            if (twin.isPresent())
                throw new Refusal("%s is here already, from %s".formatted(parcel.title(), origin(twin.get())));
            if (record.setAside(parcel.digest()))
                throw new Refusal(("it is set aside: twice the process ended or hung while this jar was started; bring "
                                + "another version, or remove %s")
                        .formatted(record.file()));
            rule.check(drop.name(), parcel);
            if (bundle == null) bundle = install(location, parcel);
            else replace(drop, bundle, parcel);
            drop.taken(bundle, parcel.digest());
            return true;
        } catch (IOException e) {
            throw new Refusal("its copy cannot be kept: " + e.getMessage(), e);
        }
    }

    private Bundle install(String location, Parcel parcel) throws IOException, Refusal {
        try (InputStream input = parcel.open()) {
            Bundle bundle = context.installBundle(location, input);
            String level = context.getProperty("felix.fileinstall.start.level");
            if (level != null) bundle.adapt(BundleStartLevel.class).setStartLevel(Integer.parseInt(level));
            return bundle;
        } catch (BundleException e) {
            throw new Refusal("the framework refuses it: " + e.getMessage(), e);
        }
    }

    /** The old one is stopped only when the new one is known to resolve, so the gap is short. */
    private void replace(Drop drop, Bundle bundle, Parcel parcel) throws IOException, Refusal {
        String before = title(drop);
        if (active(bundle) && !parcel.singleton()) tryOut(bundle.getLocation() + TRIAL, parcel);
        try (InputStream input = parcel.open()) {
            deadline.await(drop.name(), () -> {
                bundle.stop(Bundle.STOP_TRANSIENT);
                bundle.update(input);
            });
            refresh(bundle);
            log.info("{}: {} replaces {}", drop.name(), parcel.title(), before);
        } catch (Deadline.Overdue e) {
            throw overdue(drop, e);
        } catch (BundleException e) {
            throw new Refusal("the framework refuses it: " + e.getMessage(), e);
        }
    }

    private void tryOut(String location, Parcel parcel) throws IOException, Refusal {
        try (InputStream input = parcel.open()) {
            Bundle trial = context.installBundle(location, input);
            try {
                if (!wiring.resolveBundles(List.of(trial))) throw unresolved(trial, "");
            } finally {
                trial.uninstall();
            }
        } catch (BundleException e) {
            if (e.getType() != BundleException.DUPLICATE_BUNDLE_ERROR)
                throw new Refusal("the framework refuses it: " + e.getMessage(), e);
        }
    }

    /** Starts the bundle unless it runs, or somebody has stopped it on purpose. */
    private boolean start(Drop drop) throws Refusal {
        Bundle bundle = drop.bundle();
        if (bundle == null || (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING | Bundle.UNINSTALLED)) != 0)
            return false;
        if (fragment(bundle)) {
            if (bundle.getState() != Bundle.INSTALLED) return false;
            if (!wiring.resolveBundles(List.of(bundle))) throw unresolved(bundle, "");
            return true;
        }
        if (drop.started() && !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) return false;
        try {
            startInTime(drop, bundle);
            if (!drop.started() || drop.waiting()) log.info("{}: {} runs", drop.name(), title(drop));
            drop.started(true);
            return true;
        } catch (Deadline.Overdue e) {
            throw overdue(drop, e);
        } catch (BundleException e) {
            if (e.getType() == BundleException.RESOLVE_ERROR) throw unresolved(bundle, String.valueOf(e.getMessage()));
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Refusal("it does not start: " + cause, e);
        }
    }

    /** Starts it under the eyes of the next process, unless it came with the distribution: that costs no file. */
    private void startInTime(Drop drop, Bundle bundle) throws BundleException, Deadline.Overdue {
        Deadline.Step step = () -> bundle.start(Bundle.START_ACTIVATION_POLICY);
        if (rule.shipped(drop.digest())) {
            deadline.await(drop.name(), step);
            return;
        }
        record.starting(drop.digest(), drop.name());
        try {
            deadline.await(drop.name(), step);
            record.clear(drop.digest());
        } finally {
            record.started();
        }
    }

    private Refusal unresolved(Bundle bundle, String otherwise) {
        List<String> missing = wants.of(bundle);
        if (!missing.isEmpty()) return new Refusal(String.join("; ", missing));
        return new Refusal(
                otherwise.isEmpty()
                        ? "what it wants is here, but does not go together"
                        : "it does not fit: " + otherwise);
    }

    private void refresh(Bundle bundle) {
        var done = new CountDownLatch(1);
        wiring.refreshBundles(List.of(bundle), event -> done.countDown());
        try {
            if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) log.warn("The framework is still busy with {}", bundle);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String origin(Bundle bundle) {
        return all.stream()
                .filter(drop -> bundle.equals(drop.bundle()))
                .map(Drop::name)
                .findFirst()
                .orElseGet(() -> bundle.getLocation().replaceFirst(".*/", ""));
    }

    private static String title(Drop drop) {
        Bundle bundle = drop.bundle();
        return bundle == null ? drop.name() : bundle.getSymbolicName() + ' ' + bundle.getVersion();
    }

    private static boolean active(@Nullable Bundle bundle) {
        return bundle != null && bundle.getState() == Bundle.ACTIVE;
    }

    private static boolean fragment(Bundle bundle) {
        var revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
