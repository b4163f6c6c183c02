/** Drivers on sockets: those of other programs as devices of ours, and devices of ours for other programs. */
@NullMarked
package org.cobnut.driversocket;

import org.jspecify.annotations.NullMarked;
