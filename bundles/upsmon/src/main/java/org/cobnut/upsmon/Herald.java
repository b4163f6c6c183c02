package org.cobnut.upsmon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cobnut.upsmon.Delivery.Way;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people (upsmon.conf(5), NOTIFYFLAG and NOTIFYCMD), each way on a lane of its own: a log that hangs, a listener
 * that blocks or a program that never ends delays neither the others nor whoever asked.
 */
final class Herald implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("org.cobnut.upsmon");
    private static final List<Path> LOGGERS = List.of(Path.of("/usr/bin/logger"), Path.of("/bin/logger"));
    private static final List<Path> WALLS = List.of(Path.of("/usr/bin/wall"), Path.of("/bin/wall"));
    private static final int MINUTES = 10;

    private final Map<String, String> environment;
    private final Lane logging = new Lane("upsmon log");
    private final Lane starting = new Lane("upsmon notify");
    private final Lane listening = new Lane("upsmon listeners");
    private final Children children = new Children(MINUTES);
    private final List<NoticeListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, NoticeListener> programs = new ConcurrentHashMap<>();

    Herald(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    void add(NoticeListener listener, Map<String, ?> properties) {
        if (properties.get(NoticeListener.NOTIFYCMD) instanceof String program) programs.put(program, listener);
        else listeners.add(listener);
    }

    void remove(NoticeListener listener) {
        listeners.remove(listener);
        programs.values().remove(listener);
    }

    void log(String text) {
        logging.add(() -> log.info("{}", text));
    }

    void warn(String text) {
        logging.add(() -> log.warn("{}", text));
    }

    void notify(Effect.Notify notice, Delivery delivery) {
        var told = new Notice(
                notice.type(),
                notice.ups(),
                notice.text(),
                InstantSource.system().instant());
        Set<Way> ways = delivery.ways(notice.type());
        if (ways.contains(Way.EXEC) && !delivery.notifyCmd().isEmpty())
            starting.add(() -> exec(notice, told, delivery.notifyCmd()));
        if (ways.contains(Way.SYSLOG)) syslog(notice.text());
        if (ways.contains(Way.WALL)) wall(notice.text());
        listening.add(() -> listeners.forEach(listener -> listener.noticed(told)));
    }

    void wall(String text) {
        found(WALLS).ifPresent(program -> starting.add(() -> start(List.of(program), Map.of(), text + "\n")));
    }

    /** Waits until all are told, and programs that tell them have ended; no longer than that. */
    void settle(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Lane lane : List.of(starting, logging, listening)) lane.drain(left(end));
        children.await(left(end));
    }

    private static long left(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    /** The last words are still told, for as long as that. */
    void close(long millis) throws InterruptedException {
        close();
        starting.await(millis);
        logging.await(millis);
        listening.await(millis);
    }

    @Override
    public void close() {
        logging.close();
        starting.close();
        listening.close();
    }

    /** Into our own log, and into the system's where that is not the same. */
    private void syslog(String text) {
        log(text);
        boolean same = environment.containsKey("JOURNAL_STREAM") || !Files.exists(Path.of("/dev/log"));
        if (!same)
            found(LOGGERS)
                    .ifPresent(program -> starting.add(() ->
                            start(List.of(program, "-t", "upsmon", "-p", "daemon.notice", "--", text), Map.of(), "")));
    }

    private void exec(Effect.Notify notice, Notice told, List<String> program) {
        List<String> command = new ArrayList<>(split(program));
        NoticeListener inside =
                programs.get(String.valueOf(Path.of(command.get(0)).getFileName()));
        if (inside != null) {
            inside.noticed(told);
            return;
        }
        command.add(notice.text());
        start(command, Map.of("NOTIFYTYPE", notice.type().name(), "UPSNAME", notice.ups()), "");
    }

    /** Before 2.8.6 the whole of NOTIFYCMD was one word, and a shell took it apart; so do we where it holds blanks. */
    private static List<String> split(List<String> program) {
        if (program.size() > 1 || Files.exists(Path.of(program.get(0)))) return program;
        return Stream.of(program.get(0).trim().split("\\s+")).toList();
    }

    private void start(List<String> command, Map<String, String> more, String input) {
        try {
            children.start(command, more, input);
        } catch (IOException failed) {
            warn("Cannot run %s: %s".formatted(command.get(0), failed.getMessage()));
        }
    }

    private static Optional<String> found(List<Path> programs) {
        return programs.stream().filter(Files::isExecutable).map(Path::toString).findFirst();
    }
}
