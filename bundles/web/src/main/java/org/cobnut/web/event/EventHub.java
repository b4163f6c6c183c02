package org.cobnut.web.event;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.cobnut.device.DeviceListener;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.web.device.Device;
import org.cobnut.web.device.DeviceJson;
import org.cobnut.web.device.DeviceRegistry;
import org.cobnut.web.http.Reply;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes changes of devices to all streams. A device's own thread only notes its name; one thread of the hub writes what has
 * changed since it last did, once for all readers. So a device that chatters costs at most {@link #GAP_MILLIS} a message,
 * and no reader holds up a device or another reader.
 */
@Component(service = {EventHub.class, DeviceListener.class})
public final class EventHub implements DeviceListener {
    /** Streams at a time; a page holds one. */
    static final int MOST = 512;

    private static final Logger log = LoggerFactory.getLogger(EventHub.class);
    private static final long GAP_MILLIS = 100;
    private static final long HEARTBEAT_SECONDS = 15;
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final DeviceRegistry registry;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final LongAdder cut = new LongAdder();
    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<String> cameOrWent = this::note;
    /** What the streams were told last; of the hub's thread alone. */
    private final Map<String, Device> told = new TreeMap<>(Names.ORDER);

    @Activate
    public EventHub(@Reference DeviceRegistry registry) {
        this.registry = registry;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            var one = new Thread(task, "web-events");
            one.setDaemon(true);
            return one;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        registry.listen(cameOrWent);
        thread.scheduleWithFixedDelay(this::heartbeat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        registry.unlisten(cameOrWent);
        thread.shutdownNow();
        streams.forEach(EventStream::end);
    }

    @Override
    public void changed(String ups, Snapshot before, Snapshot after) {
        note(ups);
    }

    /** Streams that are open. */
    public int streams() {
        return count.get();
    }

    /** Streams that were cut because their reader was too slow. */
    public long cut() {
        return cut.sum();
    }

    /**
     * Opens a stream: first the state of all devices, then each change.
     *
     * @return whether there was room for it
     */
    boolean open(AsyncContext async, ServletOutputStream out) {
        if (count.incrementAndGet() > MOST) {
            count.decrementAndGet();
            return false;
        }
        var stream = new EventStream(async, out, this::ended);
        try {
            stream.start();
            thread.execute(() -> welcome(stream));
        } catch (RejectedExecutionException stopping) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    private void ended(EventStream stream) {
        if (stream.forget()) count.decrementAndGet();
        streams.remove(stream);
    }

    private void note(String ups) {
        if (count.get() == 0) return;
        try {
            if (changed.add(ups)) thread.schedule(this::dispatch, GAP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            log.debug("[{}] has changed while the hub ends", ups);
        }
    }

    private void welcome(EventStream stream) {
        dispatch();
        if (streams.isEmpty()) {
            told.clear();
            told.putAll(registry.all());
        }
        String state = Reply.encode(json -> {
            json.beginArray();
            for (Device device : told.values()) DeviceJson.overview(json, device);
            json.endArray();
        });
        streams.add(stream);
        stream.offer(message("devices", state));
        if (stream.ended()) streams.remove(stream);
    }

    private void dispatch() {
        for (String ups : Set.copyOf(changed)) {
            changed.remove(ups); // before it is read, so that a later change is not lost
            tell(ups);
        }
    }

    private void tell(String ups) {
        tell(ups, registry.find(ups).or(() -> Optional.ofNullable(registry.all().get(ups))));
    }

    private void tell(String ups, Optional<Device> now) {
        if (now.isEmpty()) {
            if (told.remove(ups) != null) send("gone", Reply.encode(json -> json.value(ups)));
            return;
        }
        Device before = told.put(now.get().name(), now.get());
        if (before == null || !before.looksLike(now.get())) send("device", DeviceChange.of(before, now.get()));
    }

    /** Logins, FSD and sections without a device change without a word of any device. */
    private void heartbeat() {
        if (!streams.isEmpty()) {
            var all = registry.all();
            Set.copyOf(told.keySet()).forEach(ups -> {
                if (!all.containsKey(ups)) tell(ups, Optional.empty());
            });
            all.forEach((ups, device) -> tell(ups, Optional.of(device)));
        }
        streams.forEach(stream -> count(stream.offer(HEARTBEAT)));
    }

    private void send(String event, String data) {
        byte[] message = message(event, data);
        streams.forEach(stream -> count(stream.offer(message)));
    }

    private void count(boolean keptUp) {
        if (!keptUp) cut.increment();
    }

    private static byte[] message(String event, String data) {
        return ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
