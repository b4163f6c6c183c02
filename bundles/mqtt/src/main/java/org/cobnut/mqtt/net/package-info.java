/** The connection to the broker: MQTT over Netty, opened again for as long as it is wanted. */
@NullMarked
package org.cobnut.mqtt.net;

import org.jspecify.annotations.NullMarked;
