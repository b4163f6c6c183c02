/** Devices on an MQTT broker, as mqtt.conf configures it. */
@NullMarked
package org.cobnut.mqtt;

import org.jspecify.annotations.NullMarked;
