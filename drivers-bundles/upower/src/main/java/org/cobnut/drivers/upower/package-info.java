/** nut-upower: UPSes that UPower knows, over the system's D-Bus. */
@NullMarked
package org.cobnut.drivers.upower;

import org.jspecify.annotations.NullMarked;
