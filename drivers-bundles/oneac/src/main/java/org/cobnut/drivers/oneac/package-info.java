/** oneac: Oneac units of the families EG, ON, OZ and OB. */
@NullMarked
package org.cobnut.drivers.oneac;

import org.jspecify.annotations.NullMarked;
