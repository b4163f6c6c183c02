package org.cobnut.mqtt.publish;

/**
 * Something that happened to a UPS.
 *
 * @param level the UPS as a level of a topic
 * @param alarm whether it is kept when others have to go
 * @param json as it is published, on one line
 */
record DeviceEvent(String level, boolean alarm, String json) {}
