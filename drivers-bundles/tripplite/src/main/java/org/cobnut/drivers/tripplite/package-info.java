/** tripplite and tripplite_usb: Tripp Lite units on a serial line, and the older ones on USB. */
@NullMarked
package org.cobnut.drivers.tripplite;

import org.jspecify.annotations.NullMarked;
