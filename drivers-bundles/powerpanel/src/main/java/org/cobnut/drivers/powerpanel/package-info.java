/** The driver powerpanel. */
@NullMarked
package org.cobnut.drivers.powerpanel;

import org.jspecify.annotations.NullMarked;
