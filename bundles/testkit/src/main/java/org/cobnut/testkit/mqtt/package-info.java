/** Brokers of MQTT. */
@NullMarked
package org.cobnut.testkit.mqtt;

import org.jspecify.annotations.NullMarked;
