/** Taking down what passes over links, and playing it: for tests, for reports from the field, and as a simulated device. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.link.record;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
