/** HID reports over a serial line, in the protocol SHUT of MGE and Eaton. */
@NullMarked
package org.cobnut.drivers.usbhid.shut;

import org.jspecify.annotations.NullMarked;
