/** The UPSes that are served: sections of ups.conf joined with the devices of this process. */
@NullMarked
package org.cobnut.upsd.registry;

import org.jspecify.annotations.NullMarked;
