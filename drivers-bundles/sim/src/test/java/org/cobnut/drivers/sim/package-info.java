/** Tests of dummy-ups: transcripts, recorded devices, and NUT's own driver and server beside it. */
@NullMarked
package org.cobnut.drivers.sim;

import org.jspecify.annotations.NullMarked;
