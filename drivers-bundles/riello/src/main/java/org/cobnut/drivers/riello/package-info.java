/** riello_ser: the protocols GPSER and SENTR of Riello. */
@NullMarked
package org.cobnut.drivers.riello;

import org.jspecify.annotations.NullMarked;
