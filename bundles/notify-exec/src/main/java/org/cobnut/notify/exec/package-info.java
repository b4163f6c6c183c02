/** Hands notices to a program. */
@NullMarked
package org.cobnut.notify.exec;

import org.jspecify.annotations.NullMarked;
