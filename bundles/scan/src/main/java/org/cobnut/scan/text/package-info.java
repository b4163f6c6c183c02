/** Writes found devices as sections of ups.conf and as lines for programs. */
@NullMarked
package org.cobnut.scan.text;

import org.jspecify.annotations.NullMarked;
