package org.cobnut.drivers.bcmxcp;

/** What a unit can be asked for. */
enum Block {
    IDENTITY(0x31),
    STATUS(0x33),
    METERS(0x34),
    ALARMS(0x35),
    CONFIGURATION(0x36),
    BATTERY(0x3B),
    LIMITS(0x3C),
    COMMANDS(0x40),
    OUTLETS(0x41),
    TOPOLOGY(0x43),
    REQUEST_ONLY(0xA0);

    private final int code;

    Block(int code) {
        this.code = code;
    }

    String request() {
        return String.valueOf((char) code);
    }
}
