/** Devices on USB: raw transfers, HID reports, and how a driver says which device it wants. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.link.usb;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
