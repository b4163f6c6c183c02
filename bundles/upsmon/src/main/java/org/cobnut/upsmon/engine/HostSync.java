package org.cobnut.upsmon.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.cobnut.upsmon.NoticeType;
import org.cobnut.upsmon.time.Nanos;

/** Decides how long a primary waits for the secondaries (upsmon.conf(5), HOSTSYNC). */
final class HostSync {
    private static final long AGAIN = 250_000_000L;

    private HostSync() {}

    /** The next phase: still waiting, or FINALDELAY with a start to be filled in. */
    static Phase await(
            Phase.Syncing syncing, Map<String, UpsState> upses, Settings settings, long now, List<Effect> effects) {
        List<String> mine = settings.monitors().values().stream()
                .filter(Settings.Monitor::primary)
                .map(Settings.Monitor::ups)
                .toList();
        if (syncing.counted().keySet().containsAll(mine) && mine.stream().noneMatch(ups -> others(ups, syncing, upses)))
            return new Phase.FinalDelay(Nanos.NEVER);
        if (Nanos.past(syncing.since(), now, settings.times().hostSync() + 1)) {
            effects.add(new Effect.Log("Host sync timer expired, forcing shutdown"));
            return new Phase.FinalDelay(Nanos.NEVER);
        }
        boolean told = syncing.told();
        if (!told && mine.stream().anyMatch(ups -> others(ups, syncing, upses))) {
            effects.add(settings.notice(NoticeType.SHUTDOWN_HOSTSYNC, ""));
            told = true;
        }
        if (now - syncing.asked() < AGAIN)
            return new Phase.Syncing(syncing.since(), syncing.asked(), syncing.counted(), told);
        mine.forEach(ups -> effects.add(new Effect.AskLogins(ups)));
        return new Phase.Syncing(syncing.since(), now, new LinkedHashMap<>(syncing.counted()), told);
    }

    /** Whether another machine is logged in. A UPS that does not say so is not waited for. */
    private static boolean others(String ups, Phase.Syncing syncing, Map<String, UpsState> upses) {
        UpsState upsState = upses.get(ups);
        int own = upsState != null && upsState.counted() ? 1 : 0;
        return syncing.counted().getOrDefault(ups, OptionalInt.empty()).orElse(0) > own;
    }
}
