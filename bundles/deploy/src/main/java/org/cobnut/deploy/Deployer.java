package org.cobnut.deploy;

import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each jar that FileInstall finds, and ends it when the file goes. A jar that cannot run waits, whatever it waits
 * for: every change of a file or a bundle is a reason to try again, and why it waits is told once, after it has stood
 * for a while, so that neither the order in which files are copied nor a slow copy makes noise. One thread does it all.
 */
@Component(
        property = "service.ranking:Integer=1000", // before FileInstall's own way with jars
        configurationPid = "cobnut.nut")
public final class Deployer implements ArtifactInstaller, SynchronousBundleListener {
    private static final Logger log = LoggerFactory.getLogger(Deployer.class);
    private static final long PATIENCE_MILLIS = 2000;
    private static final int EVENTS = BundleEvent.INSTALLED
            | BundleEvent.RESOLVED
            | BundleEvent.UNRESOLVED
            | BundleEvent.UPDATED
            | BundleEvent.UNINSTALLED;

    private final BundleContext context;
    private final Bundles bundles;
    private final Lock lock;
    private final ServiceRegistration<ResolverHookFactory> gate;
    private final long patience;
    private final Map<File, Drop> drops = new TreeMap<>();
    private final ScheduledExecutorService worker;
    private volatile Thread thread = Thread.currentThread();
    private boolean settling;

    /** What nut.conf says of it. */
    @interface Config {
        /** COBNUT_LOCKED: whether only jars of known vendors are taken. */
        boolean cobnut_locked() default false;
    }

    @Activate
    public Deployer(BundleContext context, Config config) {
        this(context, PATIENCE_MILLIS);
        modified(config);
    }

    Deployer(BundleContext context, long patienceMillis) {
        this.context = context;
        patience = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        lock = new Lock(context);
        gate = context.registerService(ResolverHookFactory.class, lock, null);
        bundles = new Bundles(context, drops.values(), lock);
        worker = Executors.newSingleThreadScheduledExecutor(work -> {
            var made = new Thread(null, work, "cobnut-deploy", 0, false);
            made.setDaemon(true);
            made.setContextClassLoader(Deployer.class.getClassLoader());
            thread = made;
            return made;
        });
        context.addBundleListener(this);
    }

    @Modified
    void modified(Config config) {
        lock(config.cobnut_locked());
    }

    void lock(boolean shut) {
        lock.shut(shut);
    }

    @Deactivate
    void stop() throws InterruptedException {
        context.removeBundleListener(this);
        worker.shutdownNow();
        worker.awaitTermination(2, TimeUnit.SECONDS);
        gate.unregister();
    }

    @Override
    public boolean canHandle(File artifact) {
        return artifact.getName().endsWith(".jar");
    }

    @Override
    public void install(File artifact) {
        update(artifact);
    }

    @Override
    public void update(File artifact) {
        later(() -> {
            drops.computeIfAbsent(artifact, Drop::new).changed(System.nanoTime());
            settle();
        });
    }

    @Override
    public void uninstall(File artifact) {
        later(() -> {
            Drop drop = drops.remove(artifact);
            if (drop != null) bundles.remove(drop);
            settle();
        });
    }

    /** Others come and go too, and may be what a jar waits for; what this thread does itself is looked at anyway. */
    @Override
    public void bundleChanged(BundleEvent event) {
        if ((event.getType() & EVENTS) != 0 && Thread.currentThread() != thread) later(this::settleSoon);
    }

    private void settleSoon() {
        if (settling) return;
        settling = true;
        worker.schedule(
                () -> {
                    settling = false;
                    settle();
                },
                20,
                TimeUnit.MILLISECONDS);
    }

    /** Tries whatever waits, again and again for as long as that brings something on. */
    private void settle() {
        boolean on = true;
        while (on) {
            on = false;
            for (Drop drop : drops.values()) on |= bundles.advance(drop);
        }
        if (drops.values().stream().anyMatch(Drop::waiting))
            worker.schedule(this::tell, patience, TimeUnit.NANOSECONDS);
    }

    private void tell() {
        long now = System.nanoTime();
        for (Drop drop : drops.values()) {
            String news = drop.news(now, patience);
            if (!news.isEmpty()) log.warn("{} is not taken: {}", drop.name(), news);
        }
    }

    private void later(Runnable work) {
        try {
            worker.execute(() -> {
                try {
                    work.run();
                } catch (IllegalStateException e) {
                    log.debug("The framework is stopping", e);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("Too late: this bundle is stopping", e);
        }
    }
}
