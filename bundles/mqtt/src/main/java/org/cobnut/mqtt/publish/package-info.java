/** What devices say, as topics: values, state, availability, discovery and events. */
@NullMarked
package org.cobnut.mqtt.publish;

import org.jspecify.annotations.NullMarked;
