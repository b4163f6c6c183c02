/** How a bundle runs the commands of nutctl. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
