package org.cobnut.upsmon;

import java.time.Instant;

/**
 * A notice that was sent to people.
 *
 * @param ups the name in MONITOR; empty for a notice about the machine
 * @param at wall-clock time, for people
 */
public record Notice(NoticeType type, String ups, String text, Instant at) {}
