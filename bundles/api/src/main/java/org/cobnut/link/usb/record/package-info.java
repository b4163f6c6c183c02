/** Recordings of links to USB devices, and links that answer as such a recording says. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.link.usb.record;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
