/** Devices that speak Modbus: one wire, one mapping file a driver. */
@NullMarked
package org.cobnut.drivers.modbus;

import org.jspecify.annotations.NullMarked;
