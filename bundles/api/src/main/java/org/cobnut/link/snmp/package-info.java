/** Links to SNMP agents: objects of a management card, read and written by their OIDs. */
@NullMarked
@Export
@Version("1.0.0")
package org.cobnut.link.snmp;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
