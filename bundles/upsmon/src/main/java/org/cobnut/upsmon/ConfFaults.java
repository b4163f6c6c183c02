package org.cobnut.upsmon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cobnut.upsmon.Delivery.Way;
import org.cobnut.upsmon.command.CommandCheck;

/** What of a configuration would show only in an outage that it cannot work. */
final class ConfFaults {
    private final Conf conf;
    private final Herald herald;
    private final Map<String, String> environment;

    ConfFaults(Conf conf, Herald herald, Map<String, String> environment) {
        this.conf = conf;
        this.herald = herald;
        this.environment = Map.copyOf(environment);
    }

    /** Each in a sentence. Looks at files, and asks whoever stands for NOTIFYCMD. */
    List<String> list() {
        var faults = new ArrayList<String>();
        Delivery delivery = conf.delivery();
        boolean guards = conf.settings().minSupplies() > 0;
        if (delivery.shutdownCmd().isEmpty()) {
            if (guards) faults.add("upsmon.conf: there is no SHUTDOWNCMD: nothing would shut this machine down");
        } else
            CommandCheck.shell(Departure.line(delivery.shutdownCmd()), environment)
                    .ifPresent(why -> faults.add("upsmon.conf: SHUTDOWNCMD cannot run: " + why));
        boolean executes = delivery.ways().values().stream().anyMatch(ways -> ways.contains(Way.EXEC));
        if (delivery.notifyCmd().isEmpty()) {
            if (executes)
                faults.add("upsmon.conf: NOTIFYFLAG has EXEC, but there is no NOTIFYCMD: nothing is executed");
        } else if (!executes) {
            faults.add("upsmon.conf: no NOTIFYFLAG has EXEC: NOTIFYCMD is never run");
        } else if (herald.inside(delivery.notifyCmd()).isEmpty())
            CommandCheck.program(delivery.notifyCmd(), environment)
                    .ifPresent(why -> faults.add("upsmon.conf: NOTIFYCMD cannot run: " + why));
        faults.addAll(herald.faults(conf.settings().monitors().keySet(), delivery));
        return faults;
    }
}
