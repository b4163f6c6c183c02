package org.cobnut.upsmon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** How a primary waits for the machines that its UPSes supply beside it. */
final class Secondaries {
    private static final long AGAIN = 250_000_000L;

    private Secondaries() {}

    /** The phase after a look at what was counted: waiting still, or leaving at a moment to be filled in. */
    static Phase await(
            Phase.Syncing syncing, Map<String, Watch> watches, Settings settings, long now, List<Effect> effects) {
        List<String> mine = settings.monitors().values().stream()
                .filter(Settings.Monitor::primary)
                .map(Settings.Monitor::ups)
                .toList();
        if (syncing.counted().keySet().containsAll(mine)
                && mine.stream().noneMatch(ups -> others(ups, syncing, watches))) return new Phase.Leaving(Nanos.NEVER);
        if (Nanos.past(syncing.since(), now, settings.times().hostSync() + 1)) {
            effects.add(new Effect.Log("Host sync timer expired, forcing shutdown"));
            return new Phase.Leaving(Nanos.NEVER);
        }
        boolean told = syncing.told();
        if (!told && mine.stream().anyMatch(ups -> others(ups, syncing, watches))) {
            effects.add(settings.notice(NoticeType.SHUTDOWN_HOSTSYNC, ""));
            told = true;
        }
        if (now - syncing.asked() < AGAIN)
            return new Phase.Syncing(syncing.since(), syncing.asked(), syncing.counted(), told);
        mine.forEach(ups -> effects.add(new Effect.AskLogins(ups)));
        return new Phase.Syncing(syncing.since(), now, new LinkedHashMap<>(syncing.counted()), told);
    }

    /** Whether somebody beside us is logged in. A UPS that does not tell is not waited for. */
    private static boolean others(String ups, Phase.Syncing syncing, Map<String, Watch> watches) {
        Watch watch = watches.get(ups);
        int own = watch != null && watch.counted() ? 1 : 0;
        return syncing.counted().getOrDefault(ups, OptionalInt.empty()).orElse(0) > own;
    }
}
