package org.cobnut.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether only jars of known vendors run. Open, it warns of the others, but for those that this very distribution came
 * with. Shut, no bundle resolves that was neither part of the distribution's core nor admitted here, whoever installed
 * it and however.
 */
final class Lock implements ResolverHookFactory, ResolverHook {
    private static final Logger log = LoggerFactory.getLogger(Lock.class);

    private final Vendors vendors;
    private final String home;
    private final Path shipped;
    private final Set<String> admitted = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    Lock(BundleContext context) {
        this(path(context.getProperty("cobnut.confpath")).resolve("vendors"), path(context.getProperty("cobnut.home")));
    }

    private Lock(Path vendors, Path home) {
        this.vendors = new Vendors(vendors);
        this.home = "reference:" + home.toUri();
        shipped = home.resolve("lib/drivers.sha256");
    }

    /** From now on; what runs already goes on. */
    void shut(boolean now) {
        if (now != shut) log.info("{}", now ? "locked: only jars that a known vendor signed are taken" : "not locked");
        shut = now;
    }

    /**
     * Lets a jar in that is to be installed from a location, or warns of it.
     *
     * @throws Refusal when it is nobody's whom we know, and the lock is shut
     */
    void admit(String file, String location, Parcel parcel) throws Refusal {
        Optional<String> objection = vendors.objection(parcel.seal());
        if (objection.isPresent() && shut) throw new Refusal(objection.get() + ", and this Cobnut is locked");
        if (objection.isPresent() && !shipped(parcel.digest()))
            log.warn("{}: {} is taken though {}", file, parcel.title(), objection.get());
        admitted.add(location);
    }

    /** Lets a copy in whose jar was admitted, at the location where it is tried out. */
    void admitTrial(String location) {
        admitted.add(location);
    }

    void forget(String location) {
        admitted.remove(location);
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        if (shut) candidates.removeIf(candidate -> !mayRun(candidate));
    }

    private boolean mayRun(BundleRevision candidate) {
        String location = candidate.getBundle().getLocation();
        boolean known =
                candidate.getBundle().getBundleId() == 0 || location.startsWith(home) || admitted.contains(location);
        if (!known)
            log.warn(
                    "{} is not run: it did not come through the drivers directory, and this Cobnut is locked",
                    location);
        return known;
    }

    /** Whether it is one of those that the distribution was put together with. */
    private boolean shipped(String digest) {
        try {
            return Files.exists(shipped) && Files.readString(shipped).contains(digest);
        } catch (IOException e) {
            log.warn("{} cannot be read: {}", shipped, e.getMessage());
            return false;
        }
    }

    private static Path path(@Nullable String property) {
        return Path.of(property == null ? "" : property).toAbsolutePath();
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
