/** Links to devices that speak Modbus, on top of links that carry bytes. */
@NullMarked
package org.cobnut.link.modbus.internal;

import org.jspecify.annotations.NullMarked;
