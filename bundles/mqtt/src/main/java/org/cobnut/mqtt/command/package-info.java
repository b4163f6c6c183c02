/** Commands that come by the broker. */
@NullMarked
package org.cobnut.mqtt.command;

import org.jspecify.annotations.NullMarked;
