/** liebert: UPSes on the MultiLink cable of Liebert. */
@NullMarked
package org.cobnut.drivers.liebert;

import org.jspecify.annotations.NullMarked;
