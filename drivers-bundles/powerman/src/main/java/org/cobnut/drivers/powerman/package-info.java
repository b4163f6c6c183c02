/** powerman-pdu: nodes of a powerman daemon, each of which is an outlet. */
@NullMarked
package org.cobnut.drivers.powerman;

import org.jspecify.annotations.NullMarked;
