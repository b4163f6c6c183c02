/** Knows what one program is: its directories, its options, its PID file, and the ones that run already. */
@NullMarked
package org.cobnut.launcher.program;

import org.jspecify.annotations.NullMarked;
