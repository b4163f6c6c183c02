/** Looks at processes, at their limits and at the paths that lead to them. */
@NullMarked
package org.cobnut.launcher.process;

import org.jspecify.annotations.NullMarked;
