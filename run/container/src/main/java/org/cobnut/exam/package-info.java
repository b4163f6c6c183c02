/** Runs JUnit tests inside a framework that Pax Exam starts from the bundles of the distribution. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.exam;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
