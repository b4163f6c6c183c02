package org.cobnut.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cobnut.wire.ErrorText;
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

/**
 * Installs, updates, starts and uninstalls the framework's bundles for the jars of the directory. Used by the
 * deployer's thread only.
 */
final class BundleInstaller {
    private static final Logger log = LoggerFactory.getLogger(BundleInstaller.class);
    private static final String TRIAL = "#trial";
    private static final long REFRESH_SECONDS = 30;

    private final BundleContext context;
    private final FrameworkWiring wiring;
    private final MissingRequirements missingRequirements;
    private final Collection<DeployedFile> all;
    private final SignatureRule rule;
    private final StartRecord record;
    private final TimedCall deadline;

    BundleInstaller(BundleContext context, Collection<DeployedFile> all, long deadlineMillis) {
        this.context = context;
        this.all = all;
        rule = new SignatureRule(context);
        record = new StartRecord(Path.of(String.valueOf(context.getProperty("cobnut.statepath"))));
        deadline = new TimedCall(deadlineMillis);
        wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        missingRequirements = new MissingRequirements(wiring);
    }

    /**
     * Takes what is in the file, if it changed, and starts what should run and does not.
     *
     * @return whether there is something now that others may have waited for
     */
    boolean advance(DeployedFile deployed) {
        boolean on = false;
        try {
            if (stuck(deployed))
                throw new Refusal("its bundle does not come back from its start or stop; restart Cobnut");
            if (deployed.changed()) on = take(deployed);
            on |= start(deployed);
            deployed.settled();
        } catch (Refusal refusal) {
            boolean runs = deployed.changed() && active(deployed.bundle());
            deployed.waits(refusal.why() + (runs ? "; " + title(deployed) + " goes on" : ""));
        }
        return on;
    }

    /** Tells whether a call for the bundle has not returned yet; what comes back late counts as well as in time. */
    private boolean stuck(DeployedFile deployed) {
        if (!deployed.stuck() || !active(deployed.bundle())) return deployed.stuck();
        deployed.stuck(false);
        deployed.started(true);
        record.clear(deployed.digest());
        log.info("{}: {} runs at last", deployed.name(), title(deployed));
        return false;
    }

    /** Notes what the log and the next process must know of a bundle that does not come back. */
    private Refusal overdue(DeployedFile deployed, TimedCall.Overdue late) {
        deployed.stuck(true);
        record.add(deployed.digest(), deployed.name());
        log.error("{}: {}; the other jars go on without it", deployed.name(), late.getMessage());
        return new Refusal(String.valueOf(late.getMessage()), late);
    }

    void remove(DeployedFile deployed) {
        Bundle bundle = deployed.bundle();
        if (bundle == null || bundle.getState() == Bundle.UNINSTALLED) return;
        if (deployed.stuck()) {
            log.error("{}: {} stays, for it does not come back; restart Cobnut", deployed.name(), title(deployed));
            return;
        }
        try {
            deadline.await(deployed.name(), bundle::uninstall);
            refresh(bundle);
            log.info("{}: {} is gone", deployed.name(), title(deployed));
        } catch (BundleException e) {
            log.error("{}: {} does not go", deployed.name(), title(deployed), e);
        } catch (TimedCall.Overdue e) {
            log.error("{}: {} does not go: {}", deployed.name(), title(deployed), e.getMessage());
        }
    }

    private boolean take(DeployedFile deployed) throws Refusal {
        Path copy = context.getDataFile(deployed.name()).toPath();
        try (JarCopy jar = JarCopy.of(deployed.file().toPath(), copy, rule::known)) {
            String location = deployed.file().toURI().toString();
            Bundle bundle = deployed.bundle();
            if (bundle == null || bundle.getState() == Bundle.UNINSTALLED) bundle = context.getBundle(location);
            if (bundle != null && deployed.digest().equals(jar.digest())) {
                deployed.taken(bundle, jar.digest()); // touched, or put back as it was
                return false;
            }
            Bundle itself = bundle;
            Optional<Bundle> twin = List.of(context.getBundles()).stream()
                    .filter(other -> !other.equals(itself)
                            && jar.symbolicName().equals(other.getSymbolicName())
                            && jar.version().equals(other.getVersion()))
                    .findFirst();
            if (twin.isPresent())
                throw new Refusal("%s is here already, from %s".formatted(jar.title(), origin(twin.get())));
            if (record.setAside(jar.digest()))
                throw new Refusal(("it is set aside: twice the process ended or hung while this jar was started; bring "
                                + "another version, or remove %s")
                        .formatted(record.file()));
            rule.check(deployed.name(), jar);
            if (bundle == null) bundle = install(location, jar);
            else replace(deployed, bundle, jar);
            deployed.taken(bundle, jar.digest());
            return true;
        } catch (IOException e) {
            throw new Refusal("its copy cannot be kept: " + ErrorText.withFile(e), e);
        }
    }

    private Bundle install(String location, JarCopy jar) throws IOException, Refusal {
        try (InputStream input = jar.open()) {
            Bundle bundle = context.installBundle(location, input);
            String level = context.getProperty("felix.fileinstall.start.level");
            if (level != null) bundle.adapt(BundleStartLevel.class).setStartLevel(Integer.parseInt(level));
            return bundle;
        } catch (BundleException e) {
            throw new Refusal("the framework refuses it: " + reason(e), e);
        }
    }

    /** The old one is stopped only when the new one is known to resolve, so the gap is short. */
    private void replace(DeployedFile deployed, Bundle bundle, JarCopy jar) throws IOException, Refusal {
        String before = title(deployed);
        if (active(bundle) && !jar.singleton()) tryOut(bundle.getLocation() + TRIAL, jar);
        try (InputStream input = jar.open()) {
            deadline.await(deployed.name(), () -> {
                bundle.stop(Bundle.STOP_TRANSIENT);
                bundle.update(input);
            });
            refresh(bundle);
            log.info("{}: {} replaces {}", deployed.name(), jar.title(), before);
        } catch (TimedCall.Overdue e) {
            throw overdue(deployed, e);
        } catch (BundleException e) {
            throw new Refusal("the framework refuses it: " + reason(e), e);
        }
    }

    private void tryOut(String location, JarCopy jar) throws IOException, Refusal {
        try (InputStream input = jar.open()) {
            Bundle trial = context.installBundle(location, input);
            try {
                if (!wiring.resolveBundles(List.of(trial))) throw unresolved(trial, "");
            } finally {
                trial.uninstall();
            }
        } catch (BundleException e) {
            if (e.getType() != BundleException.DUPLICATE_BUNDLE_ERROR)
                throw new Refusal("the framework refuses it: " + reason(e), e);
        }
    }

    /** Starts the bundle unless it runs, or was stopped on purpose. */
    private boolean start(DeployedFile deployed) throws Refusal {
        Bundle bundle = deployed.bundle();
        if (bundle == null || (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING | Bundle.UNINSTALLED)) != 0)
            return false;
        if (fragment(bundle)) {
            if (bundle.getState() != Bundle.INSTALLED) return false;
            if (!wiring.resolveBundles(List.of(bundle))) throw unresolved(bundle, "");
            return true;
        }
        if (deployed.started() && !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) return false;
        try {
            startInTime(deployed, bundle);
            if (!deployed.started() || deployed.waiting()) log.info("{}: {} runs", deployed.name(), title(deployed));
            deployed.started(true);
            return true;
        } catch (TimedCall.Overdue e) {
            throw overdue(deployed, e);
        } catch (BundleException e) {
            if (e.getType() == BundleException.RESOLVE_ERROR) throw unresolved(bundle, reason(e));
            throw new Refusal("it does not start: " + reason(e), e);
        }
    }

    /** Starts it under the eyes of the next process, unless it came with the distribution: that costs no file. */
    private void startInTime(DeployedFile deployed, Bundle bundle) throws BundleException, TimedCall.Overdue {
        TimedCall.Step step = () -> bundle.start(Bundle.START_ACTIVATION_POLICY);
        if (rule.shipped(deployed.digest())) {
            deadline.await(deployed.name(), step);
            return;
        }
        record.starting(deployed.digest(), deployed.name());
        try {
            deadline.await(deployed.name(), step);
            record.clear(deployed.digest());
        } finally {
            record.started();
        }
    }

    private Refusal unresolved(Bundle bundle, String otherwise) {
        List<String> missing = missingRequirements.of(bundle);
        if (!missing.isEmpty()) return new Refusal(String.join("; ", missing));
        return new Refusal(
                otherwise.isEmpty()
                        ? "what it wants is here, but does not go together"
                        : "it does not fit: " + otherwise);
    }

    /** Names the cause, which the framework's own text does not. */
    private static String reason(BundleException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String kind = cause.getClass().getSimpleName();
        String text = ErrorText.withFile(cause);
        boolean plain = cause instanceof IOException || cause instanceof BundleException || text.contains(kind);
        return plain ? text : text + " (" + kind + ")"; // the kind helps the author of the bundle
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
                .filter(deployed -> bundle.equals(deployed.bundle()))
                .map(DeployedFile::name)
                .findFirst()
                .orElseGet(() -> bundle.getLocation().replaceFirst(".*/", ""));
    }

    private static String title(DeployedFile deployed) {
        Bundle bundle = deployed.bundle();
        return bundle == null ? deployed.name() : bundle.getSymbolicName() + ' ' + bundle.getVersion();
    }

    private static boolean active(@Nullable Bundle bundle) {
        return bundle != null && bundle.getState() == Bundle.ACTIVE;
    }

    private static boolean fragment(Bundle bundle) {
        var revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }
}
