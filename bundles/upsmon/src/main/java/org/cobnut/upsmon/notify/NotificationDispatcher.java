package org.cobnut.upsmon.notify;

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
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeListener;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.command.Command;
import org.cobnut.upsmon.command.CommandQueue;
import org.cobnut.upsmon.command.SerialExecutor;
import org.cobnut.upsmon.config.EffectSettings;
import org.cobnut.upsmon.config.EffectSettings.Channel;
import org.cobnut.upsmon.engine.Effect;
import org.cobnut.upsmon.engine.StatusToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers notices (upsmon.conf(5), NOTIFYFLAG and NOTIFYCMD), each way on its own: a log that hangs, a listener that
 * blocks or a program that never ends delays neither the other ways nor the caller. Every notice is delivered in order;
 * those of a shutdown do not wait for others.
 */
public final class NotificationDispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger("org.cobnut.upsmon");
    private static final List<Path> LOGGERS = List.of(Path.of("/usr/bin/logger"), Path.of("/bin/logger"));
    private static final List<Path> WALLS = List.of(Path.of("/usr/bin/wall"), Path.of("/bin/wall"));
    /** Notices that are useless once the machine is down. */
    private static final Set<NoticeType> URGENT =
            Set.of(NoticeType.FSD, NoticeType.SHUTDOWN, NoticeType.SHUTDOWN_HOSTSYNC);

    private final Map<String, String> environment;
    private final SerialExecutor logging = new SerialExecutor("upsmon log");
    private final SerialExecutor inside = new SerialExecutor("upsmon notify");
    private final SerialExecutor listening = new SerialExecutor("upsmon listeners");
    private final CommandQueue notifying = new CommandQueue("upsmon NOTIFYCMD", this::notifyCmdFailed);
    private final CommandQueue telling = new CommandQueue("upsmon wall", this::tellingFailed);
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final List<NoticeListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, NoticeListener> programs = new ConcurrentHashMap<>();

    public NotificationDispatcher(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public void add(NoticeListener listener, Map<String, ?> properties) {
        if (properties.get(NoticeListener.NOTIFYCMD) instanceof String program) programs.put(program, listener);
        else listeners.add(listener);
    }

    public void remove(NoticeListener listener) {
        listeners.remove(listener);
        programs.values().remove(listener);
    }

    public void log(String text) {
        logging.add(() -> log.info("{}", text));
    }

    public void warn(String text) {
        logging.add(() -> log.warn("{}", text));
    }

    public void notify(Effect.Notify notice, EffectSettings effectSettings) {
        var told = new Notice(
                notice.type(),
                notice.ups(),
                notice.text(),
                InstantSource.system().instant());
        Set<Channel> channels = effectSettings.channels(notice.type());
        if (channels.contains(Channel.EXEC) && !effectSettings.notifyCmd().isEmpty())
            inside.add(() -> exec(told, effectSettings.notifyCmd()));
        if (channels.contains(Channel.SYSLOG)) syslog(told);
        if (channels.contains(Channel.WALL)) wall(told.ups(), told.type().name(), urgent(told), told.text());
        listening.add(() -> listeners.forEach(listener -> listener.noticed(told)));
    }

    /** Reports that a UPS answered for the first time; listeners that replace programs hear of it after its notices. */
    public void answered(String ups, Set<StatusToken> status) {
        Set<String> words = status.stream().map(StatusToken::name).collect(Collectors.toUnmodifiableSet());
        everybody(listener -> listener.answered(ups, words));
    }

    /** Reports that earlier readings do not count any more. */
    public void forgotten() {
        everybody(NoticeListener::forgotten);
    }

    /** The faults of the configurations of listeners. Waits for them. */
    public List<String> faults(Set<String> upses, EffectSettings effectSettings) {
        return Stream.concat(inside(effectSettings.notifyCmd()).stream(), listeners.stream())
                .flatMap(listener -> listener.faults(upses).stream())
                .toList();
    }

    /** The listener of this runtime that replaces the program. */
    public Optional<NoticeListener> inside(List<String> program) {
        if (program.isEmpty()) return Optional.empty();
        Path file = Path.of(Command.words(program).get(0)).getFileName();
        return Optional.ofNullable(programs.get(String.valueOf(file)));
    }

    private void everybody(Consumer<NoticeListener> word) {
        inside.add(() -> programs.values().forEach(word));
        listening.add(() -> listeners.forEach(word));
    }

    /** Writes to all terminals, before any notice that waits. */
    public void wall(String text) {
        wall("", "WALL", true, text);
    }

    private void wall(String ups, String kind, boolean urgent, String text) {
        found(WALLS)
                .ifPresent(program -> telling.add(
                        new Command(ups, "WALL " + kind, urgent, List.of(program), "", Map.of(), text + "\n")));
    }

    /** Waits until all notices are delivered and the programs that deliver them have ended, but no longer than this. */
    public void settle(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (SerialExecutor executor : List.of(inside, logging, listening)) executor.drain(left(end));
        notifying.awaitIdle(left(end));
        telling.awaitIdle(left(end));
    }

    private static long left(long end) {
        return TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }

    /** Closes, and still delivers what waits, for no longer than this. */
    public void close(long millis) throws InterruptedException {
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

    /** Writes into our own log, and into that of the system where the two differ. */
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

    /** Warns once for each fault of wall and logger, because the fault does not depend on the notice. */
    private void tellingFailed(Command command, String fault) {
        String line = "%s %s".formatted(command.program().get(0), fault);
        if (faults.add(line)) warn(line);
    }

    private static Optional<String> found(List<Path> programs) {
        return programs.stream().filter(Files::isExecutable).map(Path::toString).findFirst();
    }
}
