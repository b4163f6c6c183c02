/** Devices: a section on the driver that it names, registered as a service in the name of the driver's bundle. */
@NullMarked
package org.cobnut.runtime.device;

import org.jspecify.annotations.NullMarked;
