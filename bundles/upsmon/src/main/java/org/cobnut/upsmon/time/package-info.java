/** The monotonic clock, and moments of it. */
@NullMarked
package org.cobnut.upsmon.time;

import org.jspecify.annotations.NullMarked;
