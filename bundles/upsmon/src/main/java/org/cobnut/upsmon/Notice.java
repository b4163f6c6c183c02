package org.cobnut.upsmon;

import java.time.Instant;

/**
 * What people were told.
 *
 * @param ups as in MONITOR; empty when the notice is of this machine
 * @param at on the wall clock, for people
 */
public record Notice(NoticeType type, String ups, String text, Instant at) {}
