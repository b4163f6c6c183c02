/** Report descriptors of HID 1.11: which values a device has, where they lie in its reports, and in which unit. Pure. */
@NullMarked
package org.cobnut.drivers.usbhid.descriptor;

import org.jspecify.annotations.NullMarked;
