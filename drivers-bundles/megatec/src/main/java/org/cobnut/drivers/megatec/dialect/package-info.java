/** Dialects: their tables, what a mapping file declares, how one is told from another, and the functions that most share. */
@NullMarked
package org.cobnut.drivers.megatec.dialect;

import org.jspecify.annotations.NullMarked;
