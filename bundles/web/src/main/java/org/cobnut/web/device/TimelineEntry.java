package org.cobnut.web.device;

import java.time.Instant;

/**
 * A change that people ask about later.
 *
 * @param at on the wall clock
 * @param kind {@code status}, {@code health} or {@code alarm}
 * @param before what was, in words of NUT
 * @param after what is since
 */
public record TimelineEntry(Instant at, String kind, String before, String after) {}
