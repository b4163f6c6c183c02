/** powercom: serial units of Powercom, and those that Trust and others sell. */
@NullMarked
package org.cobnut.drivers.powercom;

import org.jspecify.annotations.NullMarked;
