/** Devices without a line of their own: they stand on top of other devices. */
@NullMarked
package org.cobnut.drivers.virtual;

import org.jspecify.annotations.NullMarked;
