/** safenet: UPSes that came with the program SafeNet. */
@NullMarked
package org.cobnut.drivers.safenet;

import org.jspecify.annotations.NullMarked;
