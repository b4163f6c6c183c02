/** powervar_cx_ser and powervar_cx_usb: units of Powervar that speak CUSPP. */
@NullMarked
package org.cobnut.drivers.powervar;

import org.jspecify.annotations.NullMarked;
