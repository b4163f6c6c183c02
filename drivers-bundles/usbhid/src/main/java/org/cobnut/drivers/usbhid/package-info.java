/** usbhid-ups and mge-shut: UPSes of the HID Power Device class. */
@NullMarked
package org.cobnut.drivers.usbhid;

import org.jspecify.annotations.NullMarked;
