package org.cobnut.upsmon.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cobnut.upsmon.NoticeType;

/**
 * The settings for carrying out the effects of the engine.
 *
 * @param channels NOTIFYFLAG, where it differs from {@link #USUAL}
 * @param notifyCmd NOTIFYCMD, program and arguments; none for no program
 * @param shutdownCmd SHUTDOWNCMD, what a shell reads and further words; none for no command
 * @param flag POWERDOWNFLAG
 */
public record EffectSettings(
        Map<NoticeType, Set<Channel>> channels, List<String> notifyCmd, List<String> shutdownCmd, Optional<Path> flag) {
    /** The flags of NOTIFYFLAG; an empty set is IGNORE. */
    public enum Channel {
        SYSLOG,
        WALL,
        EXEC
    }

    /** The default of upsmon.conf(5) for a notice without NOTIFYFLAG. */
    public static final Set<Channel> USUAL = Collections.unmodifiableSet(EnumSet.of(Channel.SYSLOG, Channel.WALL));

    public EffectSettings {
        var copy = new EnumMap<NoticeType, Set<Channel>>(NoticeType.class);
        copy.putAll(channels);
        channels = Collections.unmodifiableMap(copy);
        notifyCmd = List.copyOf(notifyCmd);
        shutdownCmd = List.copyOf(shutdownCmd);
    }

    public Set<Channel> channels(NoticeType type) {
        return channels.getOrDefault(type, USUAL);
    }
}
