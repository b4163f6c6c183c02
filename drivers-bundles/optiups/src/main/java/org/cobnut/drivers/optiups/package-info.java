/** optiups: Opti-UPS and Zinto units. */
@NullMarked
package org.cobnut.drivers.optiups;

import org.jspecify.annotations.NullMarked;
