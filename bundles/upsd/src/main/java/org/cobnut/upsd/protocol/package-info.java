/** Answers the requests of NUT's protocol; knows no socket. */
@NullMarked
package org.cobnut.upsd.protocol;

import org.jspecify.annotations.NullMarked;
