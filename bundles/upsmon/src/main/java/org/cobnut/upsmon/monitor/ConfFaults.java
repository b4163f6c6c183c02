package org.cobnut.upsmon.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.conf.text.CommandCheck;
import org.cobnut.upsmon.command.Command;
import org.cobnut.upsmon.config.Conf;
import org.cobnut.upsmon.config.EffectSettings;
import org.cobnut.upsmon.config.EffectSettings.Channel;
import org.cobnut.upsmon.notify.NotificationDispatcher;
import org.cobnut.upsmon.shutdown.ShutdownExecutor;

/** Finds faults of a configuration that would otherwise show only in an outage. */
final class ConfFaults {
    private final Conf conf;
    private final NotificationDispatcher dispatcher;
    private final CommandCheck check;

    ConfFaults(Conf conf, NotificationDispatcher dispatcher, Map<String, String> environment) {
        this.conf = conf;
        this.dispatcher = dispatcher;
        this.check = CommandCheck.own(Optional.ofNullable(environment.get("PATH")));
    }

    /** The faults, each in a sentence. Looks at files, and asks the listener that replaces NOTIFYCMD. */
    List<String> list() {
        var faults = new ArrayList<String>();
        EffectSettings effectSettings = conf.effectSettings();
        boolean guards = conf.settings().minSupplies() > 0;
        if (effectSettings.shutdownCmd().isEmpty()) {
            if (guards) faults.add("upsmon.conf: there is no SHUTDOWNCMD: nothing would shut this machine down");
        } else
            check.shell(ShutdownExecutor.line(effectSettings.shutdownCmd()))
                    .ifPresent(why -> faults.add("upsmon.conf: SHUTDOWNCMD " + why));
        boolean executes =
                effectSettings.channels().values().stream().anyMatch(channels -> channels.contains(Channel.EXEC));
        if (effectSettings.notifyCmd().isEmpty()) {
            if (executes)
                faults.add("upsmon.conf: NOTIFYFLAG has EXEC, but there is no NOTIFYCMD: nothing is executed");
        } else if (!executes) {
            faults.add("upsmon.conf: no NOTIFYFLAG has EXEC: NOTIFYCMD is never run");
        } else if (dispatcher.inside(effectSettings.notifyCmd()).isEmpty())
            check.program(Command.words(effectSettings.notifyCmd()).get(0))
                    .ifPresent(why -> faults.add("upsmon.conf: NOTIFYCMD " + why));
        faults.addAll(dispatcher.faults(conf.settings().monitors().keySet(), effectSettings));
        return faults;
    }
}
