/** What a device is at one moment: plain immutable values that know no device. */
@NullMarked
@Export
@Version("2.1.0")
package org.cobnut.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
