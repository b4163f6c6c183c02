package org.cobnut.upsmon;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How what the engine wants is done.
 *
 * @param ways NOTIFYFLAG, where it differs from {@link #USUAL}
 * @param notifyCmd NOTIFYCMD, program and arguments; none for no program
 * @param shutdownCmd SHUTDOWNCMD, what a shell reads and further words; none for no command
 * @param flag POWERDOWNFLAG
 */
record Delivery(Map<NoticeType, Set<Way>> ways, List<String> notifyCmd, List<String> shutdownCmd, Optional<Path> flag) {
    /** The flags of NOTIFYFLAG; no way at all is IGNORE. */
    enum Way {
        SYSLOG,
        WALL,
        EXEC
    }

    /** What upsmon.conf(5) promises for a kind of notice without NOTIFYFLAG. */
    static final Set<Way> USUAL = Collections.unmodifiableSet(EnumSet.of(Way.SYSLOG, Way.WALL));

    Delivery {
        var copy = new EnumMap<NoticeType, Set<Way>>(NoticeType.class);
        copy.putAll(ways);
        ways = Collections.unmodifiableMap(copy);
        notifyCmd = List.copyOf(notifyCmd);
        shutdownCmd = List.copyOf(shutdownCmd);
    }

    Set<Way> ways(NoticeType type) {
        return ways.getOrDefault(type, USUAL);
    }
}
