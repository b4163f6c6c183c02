/** Knows what each of NUT's files may say, and turns its lines into values and back. */
@NullMarked
package org.cobnut.conf.schema;

import org.jspecify.annotations.NullMarked;
