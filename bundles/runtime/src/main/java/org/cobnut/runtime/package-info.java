/** Runs each section of ups.conf on the driver it names, and registers the device in the driver bundle's name. */
@NullMarked
package org.cobnut.runtime;

import org.jspecify.annotations.NullMarked;
