/** Links to devices that speak Modbus. */
@NullMarked
@Export
@Version("1.1.0")
package org.cobnut.link.modbus;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
