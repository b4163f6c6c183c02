package org.cobnut.upssched;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeListener;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * upssched inside the runtime, as upssched.conf configures it: replaces the program when NOTIFYCMD names it. Every edit
 * counts at once and timers continue; they outlive this bundle. While there are timers, PIPEFN is served for the
 * program.
 */
@Component(
        service = NoticeListener.class,
        property = NoticeListener.NOTIFYCMD + "=upssched",
        configurationPid = "cobnut.upssched",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class Upssched implements NoticeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Upssched.class);

    private final TimerStore store;
    private final TimerScheduler scheduler;
    private volatile Conf conf = Conf.NONE;
    private volatile boolean told;
    private @Nullable PipeServer pipe;
    private String refused = "";

    @Activate
    public Upssched(BundleContext context, Map<String, Object> all) {
        LongSupplier millis = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        Path state = Path.of(String.valueOf(context.getProperty("cobnut.statepath")));
        store = new TimerStore(state.resolve("upssched.timers"), millis, LOG::warn);
        List<Timer> before = store.load();
        scheduler = new TimerScheduler(before, new ScriptRunner(LOG::info), millis, this::changed, LOG::info);
        if (!before.isEmpty())
            LOG.info(
                    "{} timers from before the start continue when their UPSes have been read, or in {} s",
                    before.size(),
                    TimerScheduler.WAIT_SECONDS);
        modified(all);
    }

    @Modified
    void modified(Map<String, Object> all) {
        try {
            conf = Conf.of(all, fault -> LOG.warn("upssched.conf: {}", fault));
            told = false;
            scheduler.adopt(conf);
        } catch (IllegalArgumentException useless) {
            LOG.warn("upssched.conf: {}; what was in force stays", ErrorText.of(useless));
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        scheduler.end();
        serve(Optional.empty());
    }

    @Override
    public void noticed(Notice notice) {
        if (conf.rules().isEmpty() && !told) {
            told = true;
            LOG.warn("NOTIFYCMD is upssched, but there is no AT line in upssched.conf: nothing is done");
        }
        scheduler.hear(new Event(notice.type().name(), notice.ups(), notice.text()));
    }

    @Override
    public void answered(String ups, Set<String> status) {
        scheduler.answered(ups, status);
    }

    @Override
    public void forgotten() {
        scheduler.forget();
    }

    @Override
    public List<String> faults(Set<String> upses) {
        return conf.faults(upses, System.getenv()).stream()
                .map(fault -> "upssched.conf: " + fault)
                .toList();
    }

    private void changed(List<Timer> timers) {
        store.save(timers);
        serve(timers.isEmpty() ? Optional.empty() : conf.pipe());
    }

    /**
     * Serves this path and no other. A path that cannot be served only keeps other processes from requesting timers.
     */
    private synchronized void serve(Optional<Path> path) {
        try {
            if (pipe != null && !path.equals(Optional.of(pipe.path()))) {
                pipe.close();
                pipe = null;
            }
            if (pipe == null && path.isPresent()) pipe = PipeServer.open(path.get(), scheduler::answer);
            refused = "";
        } catch (IOException failed) {
            String why = ErrorText.of(failed);
            if (!why.equals(refused))
                LOG.warn("PIPEFN {} is not served: {}", path.map(Path::toString).orElse(""), why);
            refused = why;
        }
    }
}
