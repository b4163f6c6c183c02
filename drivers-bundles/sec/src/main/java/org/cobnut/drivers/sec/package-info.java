/** gamatronic, tripplitesu and belkin: three makers' forms of one protocol. */
@NullMarked
package org.cobnut.drivers.sec;

import org.jspecify.annotations.NullMarked;
