/** The program {@code nutctl setup}: a first configuration for the devices that are there. */
@NullMarked
package org.cobnut.conf.setup;

import org.jspecify.annotations.NullMarked;
