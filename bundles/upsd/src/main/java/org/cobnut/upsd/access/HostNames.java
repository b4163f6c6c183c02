package org.cobnut.upsd.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks up the names of peers on threads of its own, and keeps them for a minute. A name counts only when it leads back
 * to the address; a name that does not, or that does not come in time, is {@link HostPattern#UNKNOWN}.
 */
final class HostNames implements AutoCloseable {
    private static final long KEPT = TimeUnit.MINUTES.toNanos(1);
    private static final long PATIENCE_MILLIS = 2000;
    private static final int MOST = 1000;

    private final LongSupplier nanos;
    private final ThreadPoolExecutor lookups;
    private final Map<InetAddress, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(String name, long since) {}

    HostNames(LongSupplier nanos) {
        this.nanos = nanos;
        lookups = new ThreadPoolExecutor(4, 4, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(256), task -> {
            var thread = new Thread(task, "upsd-names");
            thread.setDaemon(true);
            return thread;
        });
        lookups.allowCoreThreadTimeOut(true);
    }

    /** The name, if it was looked up within the last minute. */
    Optional<String> kept(InetAddress address) {
        synchronized (known) {
            Known one = known.get(address);
            return one == null || nanos.getAsLong() - one.since() > KEPT ? Optional.empty() : Optional.of(one.name());
        }
    }

    /** Looks the name up; {@link #kept} has an answer within two seconds. */
    CompletionStage<Void> find(InetAddress address) {
        try {
            return CompletableFuture.supplyAsync(() -> name(address), lookups)
                    .completeOnTimeout(HostPattern.UNKNOWN, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .thenAccept(name -> keep(address, name));
        } catch (RejectedExecutionException busy) {
            keep(address, HostPattern.UNKNOWN);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private void keep(InetAddress address, String name) {
        synchronized (known) {
            known.remove(address);
            known.put(address, new Known(name, nanos.getAsLong()));
        }
    }

    private static String name(InetAddress address) {
        try {
            // A new object, because an InetAddress keeps its name. Java itself checks whether the name leads back.
            InetAddress fresh = InetAddress.getByAddress(address.getAddress());
            String name = fresh.getHostName();
            return name.equals(fresh.getHostAddress()) ? HostPattern.UNKNOWN : name;
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
