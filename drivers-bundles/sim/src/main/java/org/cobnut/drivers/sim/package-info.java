/** The driver dummy-ups: devices that a file plays, or that another server shows. */
@NullMarked
package org.cobnut.drivers.sim;

import org.jspecify.annotations.NullMarked;
