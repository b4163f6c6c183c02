package org.cobnut.runtime.call;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the driver back that fills the heap, before the heap is full and everybody waits for the collector. The
 * collector tells of each of its rounds; when more than half of the heap stays in use, the call that has taken most
 * since it was first seen, and much, is ended. A driver that takes much and leaves it again is none of its business.
 */
public final class HeapWatchdog {
    private static final Logger log = LoggerFactory.getLogger(HeapWatchdog.class);

    private final Set<DriverCall<?>> running;
    private final long heap = Runtime.getRuntime().maxMemory();
    private final long much = heap / 8;
    private final NotificationListener collected = (notification, handback) -> collected(notification);
    /** What the thread of each call under way had taken when it was first seen here; by the collector's thread only. */
    private Map<DriverCall<?>, Long> seen = new HashMap<>();

    private Set<String> pools = Set.of();
    private boolean stopped;

    /** @param running the calls that have a thread */
    public HeapWatchdog(Set<DriverCall<?>> running) {
        this.running = running;
    }

    /** Listens from now on. Takes a while, so it is for a thread that has nothing better to do. */
    public synchronized void start() {
        if (stopped) return;
        pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .collect(Collectors.toSet());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter)
                emitter.addNotificationListener(collected, null, null);
        }
    }

    /** Listens no more. */
    public synchronized void stop() {
        stopped = true;
        if (pools.isEmpty()) return;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            try {
                if (collector instanceof NotificationEmitter emitter) emitter.removeNotificationListener(collected);
            } catch (ListenerNotFoundException e) {
                log.debug("{} did not tell us anything", collector.getName(), e);
            }
        }
    }

    private synchronized void collected(Notification notification) {
        if (!(notification.getUserData() instanceof CompositeData data)) return;
        long used = GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> pools.contains(pool.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        Map<DriverCall<?>, Long> taken = taken();
        if (used < heap / 2) return;
        taken.entrySet().stream()
                .filter(call -> call.getValue() > much)
                .max(Comparator.comparing(Map.Entry::getValue))
                .ifPresent(call -> call.getKey().recall(reason(used, call.getValue())));
    }

    /** What each call under way has taken since it was first seen, in bytes. */
    private Map<DriverCall<?>, Long> taken() {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) return Map.of();
        var now = new HashMap<DriverCall<?>, Long>();
        var taken = new HashMap<DriverCall<?>, Long>();
        for (DriverCall<?> call : running) {
            long thread = call.worker().map(Thread::getId).orElse(0L);
            if (thread == 0) continue;
            long all = threads.getThreadAllocatedBytes(thread);
            long first = seen.getOrDefault(call, all);
            now.put(call, first);
            taken.put(call, all - first);
        }
        seen = now;
        return taken;
    }

    private String reason(long used, long taken) {
        return "took %d MB of memory, and %d of all %d MB are in use; the driver's call was ended"
                .formatted(taken >> 20, used >> 20, heap >> 20);
    }
}
