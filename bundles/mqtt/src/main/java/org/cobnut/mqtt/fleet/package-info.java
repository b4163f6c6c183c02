/** The UPSes that all nodes publish, as one table. */
@NullMarked
package org.cobnut.mqtt.fleet;

import org.jspecify.annotations.NullMarked;
