/** apcupsd-ups: a client of apcupsd's network information server (NIS). */
@NullMarked
package org.cobnut.drivers.apcupsd;

import org.jspecify.annotations.NullMarked;
