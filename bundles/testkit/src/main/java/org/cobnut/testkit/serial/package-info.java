/** Simulated devices at the far end of a serial line, on a pseudo-terminal or in memory. */
@NullMarked
package org.cobnut.testkit.serial;

import org.jspecify.annotations.NullMarked;
