/** Devices on USB as links; wraps usb4java, which stays in its own bundle because it holds native code. */
@NullMarked
package org.cobnut.link.usb.libusb;

import org.jspecify.annotations.NullMarked;
