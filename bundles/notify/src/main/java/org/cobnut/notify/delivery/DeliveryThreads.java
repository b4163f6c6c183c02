package org.cobnut.notify.delivery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what sends, each on a thread of its own that ends when it has nothing to do. Nobody waits for these threads but the
 * end of this component, and that for a short while only: a machine that goes down waits for no mail server.
 */
@Component(service = DeliveryThreads.class)
public final class DeliveryThreads implements Executor {
    private static final Logger log = LoggerFactory.getLogger(DeliveryThreads.class);
    private static final int KEEP_SECONDS = 2;

    private final ThreadPoolExecutor threads;
    private final Set<Runnable> aborts = ConcurrentHashMap.newKeySet();
    private final long patience;

    @Activate
    public DeliveryThreads() {
        this(1000);
    }

    /**
     * Threads with a given patience.
     *
     * @param patience how many milliseconds the end waits for what is being sent
     */
    DeliveryThreads(long patience) {
        this.patience = patience;
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "notify");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public void execute(Runnable task) {
        execute(task, () -> {});
    }

    /** Runs a task, which ends soon after it was aborted. Never blocks. */
    void execute(Runnable task, Runnable abort) {
        try {
            threads.execute(() -> {
                aborts.add(abort);
                try {
                    task.run();
                } finally {
                    aborts.remove(abort);
                }
            });
        } catch (RejectedExecutionException over) {
            log.debug("what was to be sent at the end is not sent");
        }
    }

    /** Waits for a moment until all is sent, and then ends what hangs. */
    @Deactivate
    void stop() throws InterruptedException {
        threads.shutdown();
        if (threads.awaitTermination(patience, TimeUnit.MILLISECONDS)) return;
        aborts.forEach(Runnable::run);
        threads.shutdownNow();
        if (!threads.awaitTermination(patience, TimeUnit.MILLISECONDS))
            log.warn("A target of notify.conf does not let go of its thread; the thread ends with this process");
    }
}
