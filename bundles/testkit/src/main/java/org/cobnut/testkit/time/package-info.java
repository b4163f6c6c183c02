/** Clocks and timers that a test moves. */
@NullMarked
package org.cobnut.testkit.time;

import org.jspecify.annotations.NullMarked;
