package org.cobnut.deploy;

import java.io.File;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.cobnut.catalog.RefusedJars;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each jar that FileInstall finds, and uninstalls it when the file goes. A jar that cannot run waits: every change
 * of a file or a bundle is a reason to try again. The reason is logged once, after it has lasted for a while, so
 * neither the order in which files are copied nor a slow copy fills the log. One thread does all the work.
 */
@Component(property = "service.ranking:Integer=1000") // before FileInstall's own way with jars
public final class Deployer implements ArtifactInstaller, SynchronousBundleListener {
    private static final Logger log = LoggerFactory.getLogger(Deployer.class);
    /** The framework property with the names of the files that are taken after all others, separated by commas. */
    private static final String LAST = "cobnut.drivers.last";

    private static final long PATIENCE_MILLIS = 2000;
    private static final long DEADLINE_MILLIS = 10_000;
    private static final int EVENTS = BundleEvent.INSTALLED
            | BundleEvent.RESOLVED
            | BundleEvent.UNRESOLVED
            | BundleEvent.UPDATED
            | BundleEvent.UNINSTALLED;

    private final BundleContext context;
    private final BundleInstaller bundles;
    private final long patience;
    private final Map<File, DeployedFile> deployedFiles;
    private final ScheduledExecutorService worker;
    /** Files that are not taken, with the reason. */
    private final Map<String, String> refused = new ConcurrentSkipListMap<>();

    private final ServiceRegistration<?> told;
    private volatile Thread thread = Thread.currentThread();
    private boolean settling;

    @Activate
    public Deployer(BundleContext context) {
        this(context, PATIENCE_MILLIS, DEADLINE_MILLIS);
    }

    Deployer(BundleContext context, long patienceMillis, long deadlineMillis) {
        this.context = context;
        var last = Set.of(String.valueOf(context.getProperty(LAST)).split(","));
        deployedFiles = new TreeMap<>(Comparator.comparing((File file) -> last.contains(file.getName()))
                .thenComparing(Comparator.naturalOrder()));
        patience = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        bundles = new BundleInstaller(context, deployedFiles.values(), deadlineMillis);
        worker = Executors.newSingleThreadScheduledExecutor(work -> {
            var made = new Thread(null, work, "cobnut-deploy", 0, false);
            made.setDaemon(true);
            made.setContextClassLoader(Deployer.class.getClassLoader());
            thread = made;
            return made;
        });
        context.addBundleListener(this);
        told = context.registerService(RefusedJars.class, () -> Map.copyOf(refused), null);
    }

    @Deactivate
    void stop() throws InterruptedException {
        told.unregister();
        context.removeBundleListener(this);
        worker.shutdownNow();
        worker.awaitTermination(2, TimeUnit.SECONDS);
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
            deployedFiles.computeIfAbsent(artifact, DeployedFile::new).changed(System.nanoTime());
            settleSoon(); // FileInstall brings all files of a scan one by one, in no order
        });
    }

    @Override
    public void uninstall(File artifact) {
        later(() -> {
            DeployedFile deployed = deployedFiles.remove(artifact);
            if (deployed != null) bundles.remove(deployed);
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
            for (DeployedFile deployed : deployedFiles.values()) on |= bundles.advance(deployed);
        }
        refused.keySet()
                .retainAll(deployedFiles.keySet().stream().map(File::getName).toList());
        deployedFiles.values().forEach(deployed -> {
            if (deployed.waiting()) refused.put(deployed.name(), deployed.reason());
            else refused.remove(deployed.name());
        });
        if (deployedFiles.values().stream().anyMatch(DeployedFile::waiting))
            worker.schedule(this::tell, patience, TimeUnit.NANOSECONDS);
    }

    private void tell() {
        long now = System.nanoTime();
        for (DeployedFile deployed : deployedFiles.values()) {
            String news = deployed.news(now, patience);
            if (!news.isEmpty()) log.warn("{} is not taken: {}", deployed.name(), news);
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
