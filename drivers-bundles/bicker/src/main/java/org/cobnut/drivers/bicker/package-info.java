/** bicker_ser: DC UPSes of Bicker. */
@NullMarked
package org.cobnut.drivers.bicker;

import org.jspecify.annotations.NullMarked;
