/** The server: serves devices over the protocol of NUT. {@link Upsd} is the component; the packages below hold its parts. */
@NullMarked
package org.cobnut.upsd;

import org.jspecify.annotations.NullMarked;
