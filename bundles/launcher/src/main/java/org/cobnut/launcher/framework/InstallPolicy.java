package org.cobnut.launcher.framework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.felix.framework.BundleRevisionImpl;
import org.apache.felix.framework.cache.JarContent;
import org.cobnut.deploy.jar.JarBounds;
import org.cobnut.deploy.jar.TrustedSigners;
import org.cobnut.launcher.process.StartException;
import org.cobnut.launcher.program.NutConf;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Requires a signature over all bytes of every bundle in a locked framework, at every install and update, from any
 * installer and any location. Checks the bytes that the framework stores and runs; a bundle that the framework would
 * read from elsewhere could change after the check, and is refused. Only the launcher's own bundles need no signature.
 *
 * <p>The resolver hook enforces it: a revision resolves only after this class has admitted it. The listener checks each
 * new revision, uninstalls a refused one, and restores the bytes that ran before a refused update. Both belong to the
 * framework itself, so no bundle can stop them.
 */
public final class InstallPolicy implements SynchronousBundleListener, ResolverHookFactory, ResolverHook {
    /** Extension bundles run before any hook or listener hears of them; a process either has them or is locked. */
    private static final String NO_EXTENSIONS = "felix.extensions.disable";

    private final Path cache;
    private final TrustedSigners signers;
    private final Consumer<String> log;
    /** Revisions that may resolve; compared by identity, as Felix's are. */
    private final Set<BundleRevision> admitted =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    /** Where the bytes lie that run now, to be put back. */
    private final Map<Bundle, Path> running = new ConcurrentHashMap<>();

    /** Threads that install for the launcher at the moment. */
    private final Set<Thread> trusted = ConcurrentHashMap.newKeySet();

    InstallPolicy(Path conf, Path cache, Consumer<String> log) {
        this.cache = cache.toAbsolutePath().normalize();
        this.log = log;
        signers = new TrustedSigners(conf.resolve("vendors"), log);
    }

    /** The policy that nut.conf wants; empty when it does not lock. */
    static Optional<InstallPolicy> of(Path conf, Path cache, Consumer<String> log) throws StartException {
        forbidExtensions();
        return NutConf.in(conf).locked() ? Optional.of(new InstallPolicy(conf, cache, log)) : Optional.empty();
    }

    /** Must run before the first framework class is loaded. */
    static void forbidExtensions() {
        System.setProperty(NO_EXTENSIONS, "true");
    }

    /** Holds a framework that has no bundle yet. */
    void hold(BundleContext framework) {
        framework.addBundleListener(this);
        framework.registerService(ResolverHookFactory.class, this, null);
    }

    /** Installs a bundle of the distribution, which needs no signature. */
    Bundle installOwn(BundleContext framework, String location) throws BundleException {
        trust(true);
        try {
            return framework.installBundle(location);
        } finally {
            trust(false);
        }
    }

    /** Installs a copy of a jar, which cannot change after the check. */
    Bundle installCopy(BundleContext framework, Path jar) throws BundleException, IOException, StartException {
        try (var input = Files.newInputStream(jar)) {
            var bundle = framework.installBundle(jar.toUri().toString(), input);
            if (bundle.getState() == Bundle.UNINSTALLED) throw new StartException(jar + " is not run, as said above");
            return bundle;
        }
    }

    /** What the calling thread installs needs no signature while this is on. */
    private void trust(boolean on) {
        if (on) trusted.add(Thread.currentThread());
        else trusted.remove(Thread.currentThread());
    }

    /** Returns why that jar must not run here, as the end of a sentence; empty for a jar with the required signature. */
    public static String objection(Path jar, TrustedSigners signers) {
        try {
            JarBounds.check(jar);
            return signers.objection(jar).orElse("");
        } catch (IOException e) {
            return "it cannot be read as a jar (" + ErrorText.of(e) + ")";
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.INSTALLED -> {
                var objection = judge(bundle);
                if (!objection.isEmpty()) refuse(bundle, objection);
            }
            case BundleEvent.UPDATED -> {
                var objection = judge(bundle);
                if (!objection.isEmpty()) putBack(bundle, objection);
            }
            case BundleEvent.UNINSTALLED -> running.remove(bundle);
            default -> {}
        }
    }

    /** Admits the revision that the bundle has now, or says why not. */
    private String judge(Bundle bundle) {
        if (!(bundle.adapt(BundleRevision.class) instanceof BundleRevisionImpl revision)
                || !(revision.getContent() instanceof JarContent content)) return "it is not a jar";
        Path jar = content.getFile().toPath().toAbsolutePath().normalize();
        String objection = "";
        if (!trusted.contains(Thread.currentThread()))
            objection = jar.startsWith(cache)
                    ? objection(jar, signers)
                    : "it would be read from where it lies, and could change after the check";
        if (!objection.isEmpty()) return objection;
        admitted.add(revision);
        running.put(bundle, jar);
        return "";
    }

    private void refuse(Bundle bundle, String objection) {
        say(bundle, "is not installed", objection);
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            // It stays without ever being resolved.
            say(bundle, "cannot be uninstalled", ErrorText.of(e));
        }
    }

    private void putBack(Bundle bundle, String objection) {
        Path before = running.get(bundle);
        if (before == null) {
            refuse(bundle, objection);
            return;
        }
        say(bundle, "is not updated, and goes on as it was", objection);
        boolean outer = trusted.contains(Thread.currentThread());
        trust(true);
        try (var input = Files.newInputStream(before)) {
            bundle.update(input);
        } catch (IOException | BundleException | IllegalStateException e) {
            refuse(bundle, "what ran before cannot be put back: " + ErrorText.of(e));
        } finally {
            trust(outer);
        }
    }

    private void say(Bundle bundle, String what, String why) {
        var location = bundle.getLocation().replaceAll("\\p{Cntrl}", "?");
        log.accept("%s %s: %s, and this Cobnut is locked".formatted(location, what, why));
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        candidates.removeIf(candidate -> candidate.getBundle().getBundleId() != 0 && !admitted.contains(candidate));
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
        // Singletons are no matter of trust.
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        // Who may resolve at all may be wired.
    }

    @Override
    public void end() {
        // Nothing is kept from one resolution to the next.
    }
}
