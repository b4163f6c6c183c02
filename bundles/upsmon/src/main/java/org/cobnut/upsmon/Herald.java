package org.cobnut.upsmon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.upsmon.Delivery.Way;
import org.cobnut.upsmon.command.Command;
import org.cobnut.upsmon.command.CommandQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people (upsmon.conf(5), NOTIFYFLAG and NOTIFYCMD), each way by itself: a log that hangs, a listener that blocks or
 * a program that never ends delays neither the others nor whoever asked. Every notice is told, in its turn; those of a
 * shutdown do not wait for any other.
 */
final class Herald implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("org.cobnut.upsmon");
    private static final List<Path> LOGGERS = List.of(Path.of("/usr/bin/logger"), Path.of("/bin/logger"));
    private static final List<Path> WALLS = List.of(Path.of("/usr/bin/wall"), Path.of("/bin/wall"));
    /** Notices that are of no use when the machine is down already. */
    private static final Set<NoticeType> URGENT =
            Set.of(NoticeType.FSD, NoticeType.SHUTDOWN, NoticeType.SHUTDOWN_HOSTSYNC);

    private final Map<String, String> environment;
    private final Lane logging = new Lane("upsmon log");
    private final Lane inside = new Lane("upsmon notify");
    private final Lane listening = new Lane("upsmon listeners");
    private final CommandQueue notifying = new CommandQueue("upsmon NOTIFYCMD", this::notifyCmdFailed);
    private final CommandQueue telling = new CommandQueue("upsmon wall", this::tellingFailed);
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
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
            inside.add(() -> exec(told, delivery.notifyCmd()));
        if (ways.contains(Way.SYSLOG)) syslog(told);
        if (ways.contains(Way.WALL)) wall(told.ups(), told.type().name(), urgent(told), told.text());
        listening.add(() -> listeners.forEach(listener -> listener.noticed(told)));
    }

    /** A UPS answered for the first time; those who stand for programs hear of it behind its notices. */
    void answered(String ups, Set<Token> status) {
        Set<String> words = status.stream().map(Token::name).collect(Collectors.toUnmodifiableSet());
        everybody(listener -> listener.answered(ups, words));
    }

    /** Nothing that was known of any UPS counts any more. */
    void forgotten() {
        everybody(NoticeListener::forgotten);
    }

    /** What those who would hear of notices find wrong with their own configurations. Waits for them. */
    List<String> faults(Set<String> upses, Delivery delivery) {
        return Stream.concat(inside(delivery.notifyCmd()).stream(), listeners.stream())
                .flatMap(listener -> listener.faults(upses).stream())
                .toList();
    }

    /** Whoever stands for the program in this runtime. */
    Optional<NoticeListener> inside(List<String> program) {
        if (program.isEmpty()) return Optional.empty();
        Path file = Path.of(Command.words(program).get(0)).getFileName();
        return Optional.ofNullable(programs.get(String.valueOf(file)));
    }

    private void everybody(Consumer<NoticeListener> word) {
        inside.add(() -> programs.values().forEach(word));
        listening.add(() -> listeners.forEach(word));
    }

    /** Tells everybody who is logged in on a terminal, before any notice that waits. */
    void wall(String text) {
        wall("", "WALL", true, text);
    }

    private void wall(String ups, String kind, boolean urgent, String text) {
        found(WALLS)
                .ifPresent(program -> telling.add(
                        new Command(ups, "WALL " + kind, urgent, List.of(program), "", Map.of(), text + "\n")));
    }

    /** Waits until all are told, and programs that tell them have ended; no longer than that. */
    void settle(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (Lane lane : List.of(inside, logging, listening)) lane.drain(left(end));
        notifying.awaitIdle(left(end));
        telling.awaitIdle(left(end));
    }

    private static long left(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    /** The last words are still told, for as long as that. */
    void close(long millis) throws InterruptedException {
        close();
        inside.await(millis);
        notifying.awaitStarted(millis);
        telling.awaitStarted(millis);
        logging.await(millis);
        listening.await(millis);
    }

    @Override
    public void close() {
        notifying.close();
        telling.close();
        logging.close();
        inside.close();
        listening.close();
    }

    /** Into our own log, and into the system's where that is not the same. */
    private void syslog(Notice notice) {
        log(notice.text());
        boolean same = environment.containsKey("JOURNAL_STREAM") || !Files.exists(Path.of("/dev/log"));
        if (same) return;
        String kind = "SYSLOG " + notice.type();
        found(LOGGERS)
                .ifPresent(program -> telling.add(new Command(
                        notice.ups(),
                        kind,
                        urgent(notice),
                        List.of(program, "-t", "upsmon", "-p", "daemon.notice", "--"),
                        notice.text(),
                        Map.of(),
                        "")));
    }

    private void exec(Notice notice, List<String> program) {
        Optional<NoticeListener> listener = inside(program);
        if (listener.isPresent()) listener.get().noticed(notice);
        else
            notifying.add(new Command(
                    notice.ups(),
                    notice.type().name(),
                    urgent(notice),
                    program,
                    notice.text(),
                    Map.of("NOTIFYTYPE", notice.type().name(), "UPSNAME", notice.ups()),
                    ""));
    }

    private static boolean urgent(Notice notice) {
        return URGENT.contains(notice.type());
    }

    private void notifyCmdFailed(Command command, String fault) {
        String whose = command.ups().isEmpty() ? "" : " of " + command.ups();
        warn("NOTIFYCMD %s %s, for %s%s".formatted(command.program().get(0), fault, command.kind(), whose));
    }

    /** These do not say what they were about, so one line for each fault is enough. */
    private void tellingFailed(Command command, String fault) {
        String line = "%s %s".formatted(command.program().get(0), fault);
        if (faults.add(line)) warn(line);
    }

    private static Optional<String> found(List<Path> programs) {
        return programs.stream().filter(Files::isExecutable).map(Path::toString).findFirst();
    }
}
