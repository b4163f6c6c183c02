/** upscode2: units that speak UPScode II, of Powerware, Fiskars and Compaq. */
@NullMarked
package org.cobnut.drivers.upscode2;

import org.jspecify.annotations.NullMarked;
