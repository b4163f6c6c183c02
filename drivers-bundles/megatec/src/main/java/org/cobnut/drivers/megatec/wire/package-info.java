/** Questions to a UPS of this family, their answers, and the lines that carry both. */
@NullMarked
package org.cobnut.drivers.megatec.wire;

import org.jspecify.annotations.NullMarked;
