/** The Megatec / Q* family: one session, one table a dialect. */
@NullMarked
package org.cobnut.drivers.megatec;

import org.jspecify.annotations.NullMarked;
