package org.cobnut.upsmon;

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

/** A watchman over Debian's upsd; SHUTDOWNCMD and NOTIFYCMD are scripts that write into the test's folder. */
final class Post implements AutoCloseable {
    private final Path dir;
    private final Herald herald = new Herald(Map.of("JOURNAL_STREAM", "none"));
    private final Map<String, Object> conf = new HashMap<>();
    private final Stopwatch nanos = new Stopwatch(System::nanoTime);
    private final Watchman watchman;

    /** Watches one UPS of that server, as its primary, with short times. */
    Post(Path dir, DebianNut nut) throws IOException {
        this(dir, nut, Departure.SECONDS * 1000);
    }

    /** One whose SHUTDOWNCMD may fail for so many milliseconds. */
    Post(Path dir, DebianNut nut, int patience) throws IOException {
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
        watchman = new Watchman(
                line -> new RemoteSource(line, nanos, herald::warn),
                herald,
                new Departure(herald::warn, Optional.empty(), patience / 60, patience),
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

    Post with(String key, Object value) {
        conf.put(key, value);
        return this;
    }

    Post start() {
        watchman.start();
        watchman.adopt(Conf.of(conf, dir));
        return this;
    }

    /** Takes over what {@link #with} changed. */
    void reload() {
        watchman.adopt(Conf.of(conf, dir));
    }

    Path script(String name, String lines) throws IOException {
        Path script = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + lines + "\n");
        if (!script.toFile().setExecutable(true)) throw new IOException("cannot be run: " + script);
        return script;
    }

    State state() {
        return watchman.scene().orElseThrow().state();
    }

    boolean counted() {
        return state().watches().values().stream().allMatch(Watch::counted);
    }

    Watchman watchman() {
        return watchman;
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
        watchman.end(6000);
        herald.close(2000);
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
