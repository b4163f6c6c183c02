/** Devices out of recordings. */
@NullMarked
package org.cobnut.drivers.replay;

import org.jspecify.annotations.NullMarked;
