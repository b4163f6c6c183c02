package org.cobnut.upsmon.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.cobnut.upsmon.config.Conf;
import org.cobnut.upsmon.config.EffectSettings.Channel;
import org.cobnut.upsmon.config.MonitorLine;
import org.cobnut.upsmon.engine.Effect;
import org.cobnut.upsmon.engine.Engine;
import org.cobnut.upsmon.engine.Reading;
import org.cobnut.upsmon.engine.State;
import org.cobnut.upsmon.engine.Step;
import org.cobnut.upsmon.shutdown.ShutdownExecutor;
import org.cobnut.upsmon.time.Nanos;
import org.cobnut.wire.Columns;

/** Runs the engine through an outage with the real configuration, and prints what upsmon would do. */
final class Rehearsal {
    private static final int BATTERY = 10;
    private static final int LOW = 40;
    private static final int END = 2 * 3600;

    private final Conf conf;
    private final Columns steps;
    private State state = State.start(0);
    private int second;
    private long stamp;
    private boolean down;

    private Rehearsal(Conf conf, List<String> faults) {
        this.conf = conf;
        steps = Plan.warned("  ", faults, "TIME", "TEXT");
    }

    /** A row for each step; faults stand above. */
    static Columns of(Conf conf, List<String> faults) {
        return new Rehearsal(conf, faults).harness();
    }

    private Columns harness() {
        steps.heading(
                "A rehearsal: nothing of this is done. All UPSes lose power after %s, and their batteries are low after %s."
                        .formatted(Plan.time(BATTERY), Plan.time(LOW)));
        for (MonitorLine line : conf.lines()) step(new Reading.Login(line.ups(), true, ""));
        for (second = 0; second < END && !down; second++) {
            if (second % Math.max(1, state.interval()) == 0) for (MonitorLine line : conf.lines()) step(says(line));
            step(new Reading.Tick());
        }
        if (!down)
            steps.note("This machine would not go down at all: MINSUPPLIES is "
                    + conf.settings().minSupplies());
        return steps;
    }

    private Reading says(MonitorLine line) {
        List<String> words = second < BATTERY ? List.of("OL") : second < LOW ? List.of("OB") : List.of("OB", "LB");
        return new Reading.Answer(line.ups(), words, "", List.of(), ++stamp);
    }

    private void step(Reading reading) {
        Step step = Engine.step(state, conf.settings(), reading, Nanos.seconds(second));
        state = step.next();
        for (Effect effect : step.effects()) act(effect);
    }

    private void act(Effect effect) {
        if (effect instanceof Effect.Notify notice) tell(told(notice));
        else if (effect instanceof Effect.Log line) tell("log: " + line.text());
        else if (effect instanceof Effect.SetFsd fsd) {
            tell("FSD would be set on UPS " + fsd.ups());
            step(new Reading.FsdSet(fsd.ups(), true, ""));
        } else if (effect instanceof Effect.AskLogins ask) {
            step(new Reading.LoginsCounted(ask.ups(), OptionalInt.of(1)));
        } else if (effect instanceof Effect.WaitForSecondaries wait) {
            tell("waits up to " + (wait.seconds() + 1)
                    + " s for others to log out; nobody else is there in a rehearsal");
        } else if (effect instanceof Effect.PollEvery every) {
            tell("UPSes are looked at every " + every.seconds() + " s");
        } else if (effect instanceof Effect.WriteFlag) {
            conf.effectSettings().flag().ifPresent(flag -> tell("POWERDOWNFLAG " + flag + " would be written"));
        } else if (effect instanceof Effect.Shutdown) {
            List<String> command = conf.effectSettings().shutdownCmd();
            tell(
                    command.isEmpty()
                            ? "there is no SHUTDOWNCMD to run: this machine would stay up until its power is gone"
                            : "would run: " + ShutdownExecutor.line(command));
            down = true;
        }
    }

    private String told(Effect.Notify notice) {
        var channels = conf.effectSettings().channels(notice.type());
        var names = new ArrayList<String>();
        channels.forEach(channel -> names.add(
                channel == Channel.EXEC
                        ? "EXEC " + String.join(" ", conf.effectSettings().notifyCmd())
                        : channel.name()));
        return "%s \"%s\" by %s"
                .formatted(
                        notice.type(), notice.text(), names.isEmpty() ? "nobody (IGNORE)" : String.join(", ", names));
    }

    private void tell(String text) {
        steps.row(Plan.time(second), text).with("seconds", second);
    }
}
