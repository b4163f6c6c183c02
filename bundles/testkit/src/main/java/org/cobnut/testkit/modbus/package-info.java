/** Devices that speak Modbus, simulated. */
@NullMarked
package org.cobnut.testkit.modbus;

import org.jspecify.annotations.NullMarked;
