package org.cobnut.runtime.poll;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.driver.Due;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;

/** A device in memory and its driver, which do what the test says. */
public final class Gadget implements Opener {
    /** What a poll does. */
    public interface Polling {
        void poll(Report report) throws IOException;
    }

    /** What an opening does before it succeeds. */
    public interface Opening {
        void open() throws IOException;
    }

    public static final Options OPTIONS = Options.of(
            Option.text("mode", "How it counts"),
            Option.flag("strict", "Whether it is"),
            Option.secret("secret", "What nobody sees"));

    public final AtomicInteger opens = new AtomicInteger();
    public final AtomicInteger closes = new AtomicInteger();
    public final AtomicInteger polls = new AtomicInteger();
    public volatile Opening opening = () -> {};
    public volatile Polling polling = report -> report.status("OL");
    public volatile DeviceOrder.Body ordering = session -> Outcome.handled();
    public volatile Opening closing = () -> {};
    final List<Due> dues = new CopyOnWriteArrayList<>();
    volatile Duration pollfreq = Duration.ZERO;
    public final List<String> asked = new CopyOnWriteArrayList<>();
    volatile Runnable wake = () -> {};

    /** A well-behaved device that counts its polls. */
    static void counting(Report report, int count) {
        report.status("OL");
        report.set("ups.test", Integer.toString(count), VarType.text(10));
        report.command("beeper.mute");
    }

    @Override
    public Opened open(Runnable wakeUp) throws IOException {
        opens.incrementAndGet();
        opening.open();
        wake = wakeUp;
        return new Opened(new GadgetSession(), OPTIONS, pollfreq);
    }

    private final class GadgetSession implements Session {
        @Override
        public void poll(Report report, Due due) throws IOException {
            polls.incrementAndGet();
            dues.add(due);
            polling.poll(report);
        }

        @Override
        public Outcome set(String variable, String value) throws IOException {
            asked.add("set " + variable + " " + value);
            return ordering.ask(this);
        }

        @Override
        public Outcome run(String command, String argument) throws IOException {
            asked.add(("run " + command + " " + argument).trim());
            return ordering.ask(this);
        }

        @Override
        public void close() {
            closes.incrementAndGet();
            try {
                closing.open();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
