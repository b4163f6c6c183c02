package org.cobnut.upsmon.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cobnut.testkit.DebianNut;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.config.Conf;
import org.cobnut.upsmon.engine.Engine;
import org.cobnut.upsmon.engine.State;
import org.cobnut.upsmon.engine.UpsState;
import org.cobnut.upsmon.notify.NotificationDispatcher;
import org.cobnut.upsmon.shutdown.ShutdownExecutor;
import org.cobnut.upsmon.source.RemoteSource;
import org.cobnut.upsmon.time.MonotonicClock;

/** A monitor of Debian's upsd; SHUTDOWNCMD and NOTIFYCMD are scripts that write into the folder of the test. */
final class MonitorFixture implements AutoCloseable {
    private final Path dir;
    private final NotificationDispatcher dispatcher = new NotificationDispatcher(Map.of("JOURNAL_STREAM", "none"));
    private final Map<String, Object> conf = new HashMap<>();
    private final MonotonicClock nanos = new MonotonicClock(System::nanoTime);
    private final UpsMonitor monitor;

    /** Watches one UPS of that server, as its primary, with short times. */
    MonitorFixture(Path dir, DebianNut nut) throws IOException {
        this(dir, nut, Engine.RETRY_SECONDS * 1000);
    }

    /** One whose SHUTDOWNCMD may fail for so many milliseconds. */
    MonitorFixture(Path dir, DebianNut nut, int patience) throws IOException {
        this.dir = dir;
        script("notify", "echo \"$NOTIFYTYPE [$UPSNAME] $1\" >> " + dir + "/told");
        script("down", "test -e " + dir + "/flag && echo flagged >> " + dir + "/went\necho down >> " + dir + "/went");
        conf.put("monitor", new String[] {nut.ups("ups") + " 1 monitor \"mon pass\" primary"});
        conf.put("shutdowncmd", new String[] {dir.resolve("down").toString()});
        conf.put("notifycmd", new String[] {dir.resolve("notify").toString()});
        conf.put("powerdownflag", dir.resolve("flag").toString());
        conf.put("notifyflag", everything());
        for (String key : List.of("pollfreq", "pollfreqalert", "hostsync")) conf.put(key, 1);
        conf.put("finaldelay", 0);
        conf.put("deadtime", 4);
        conf.put("shutdownexit", -1);
        monitor = new UpsMonitor(
                line -> new RemoteSource(line, nanos, dispatcher::warn),
                dispatcher,
                new ShutdownExecutor(dispatcher::warn, Optional.empty(), patience / 60, patience),
                nanos,
                Heartbeat.none(),
                Map.of(),
                () -> {});
    }

    static DebianNut server(Path dir, String status) throws IOException {
        return new DebianNut(dir)
                .device("ups", "ups.status: " + status + "\n")
                .users("[monitor]\npassword = \"mon pass\"\nupsmon primary\n");
    }

    /** What the UPS says from now on. */
    static void says(DebianNut nut, String status) throws IOException {
        Path next = Files.writeString(nut.confDir().resolve("next"), "ups.status: " + status + "\n");
        Files.move(
                next,
                nut.confDir().resolve("ups.dev"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    MonitorFixture with(String key, Object value) {
        conf.put(key, value);
        return this;
    }

    MonitorFixture start() {
        monitor.start();
        monitor.adopt(Conf.of(conf, dir));
        return this;
    }

    /** Takes over what {@link #with} changed. */
    void reload() {
        monitor.adopt(Conf.of(conf, dir));
    }

    Path script(String name, String lines) throws IOException {
        Path script = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + lines + "\n");
        if (!script.toFile().setExecutable(true)) throw new IOException("cannot be run: " + script);
        return script;
    }

    State state() {
        return monitor.view().orElseThrow().state();
    }

    boolean counted() {
        return state().upses().values().stream().allMatch(UpsState::counted);
    }

    UpsMonitor monitor() {
        return monitor;
    }

    String told() {
        return text("told");
    }

    boolean told(String type) {
        return told().lines().anyMatch(line -> line.startsWith(type + " "));
    }

    String went() {
        return text("went");
    }

    void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("not within 60 s; told so far:\n" + told());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void close() throws InterruptedException {
        monitor.end(6000);
        dispatcher.close(2000);
    }

    private String text(String name) {
        try {
            return Files.exists(dir.resolve(name)) ? Files.readString(dir.resolve(name)) : "";
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static String[] everything() {
        return java.util.Arrays.stream(NoticeType.values())
                .map(type -> type + " EXEC")
                .toArray(String[]::new);
    }
}
