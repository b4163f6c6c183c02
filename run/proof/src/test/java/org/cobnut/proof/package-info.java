/** Plays recorded sessions and real programs against Debian's upsd and ours, and compares. */
@NullMarked
package org.cobnut.proof;

import org.jspecify.annotations.NullMarked;
