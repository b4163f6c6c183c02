/** Mapping files of this family, a subdriver each in NUT's words: what they say, which devices they are for, and how values become others. */
@NullMarked
package org.cobnut.drivers.usbhid.subdriver;

import org.jspecify.annotations.NullMarked;
