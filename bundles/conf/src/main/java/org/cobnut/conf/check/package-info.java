/** Finds what is wrong with NUT's files beyond the grammar of one line. */
@NullMarked
package org.cobnut.conf.check;

import org.jspecify.annotations.NullMarked;
