package org.cobnut.mqtt.net;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;

/** Says in words why a broker refuses. */
final class ReasonText {
    private static final int FAILURE = 0x80;

    private ReasonText() {}

    /** Why it does not let us in. */
    static String of(MqttConnectReturnCode code) {
        return switch (code) {
            case CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD, CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD ->
                "the broker knows no such user and password; see user and password in mqtt.conf";
            case CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_NOT_AUTHORIZED_5 ->
                "the broker does not let this user in; see user, password and certfile in mqtt.conf";
            case CONNECTION_REFUSED_IDENTIFIER_REJECTED, CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID ->
                "the broker does not take our client identifier, which is made of node in mqtt.conf";
            case CONNECTION_REFUSED_SERVER_UNAVAILABLE,
                    CONNECTION_REFUSED_SERVER_UNAVAILABLE_5,
                    CONNECTION_REFUSED_SERVER_BUSY -> "the broker is busy";
            case CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION ->
                "the broker does not speak this version of MQTT";
            case CONNECTION_REFUSED_BANNED -> "the broker has banned us";
            default -> "the broker refuses the connection, with code " + Byte.toUnsignedInt(code.byteValue());
        };
    }

    /** Why it does not take a message or a subscription, or ends the connection; empty when it does not refuse. */
    static String of(byte code) {
        int reason = Byte.toUnsignedInt(code);
        return switch (reason) {
            case 0x87 -> "the broker's rules do not allow it";
            case 0x8b -> "the broker ends";
            case 0x8d -> "the broker heard nothing of us for too long";
            case 0x8e -> "another client came with the same identifier: two Cobnuts have the same node in mqtt.conf";
            case 0x90 -> "the broker does not take this topic";
            case 0x95 -> "the message is longer than the broker takes";
            case 0x97 -> "a limit of the broker is reached";
            case 0x99 -> "the broker does not take this payload";
            default -> reason < FAILURE ? "" : "the broker refuses it, with code " + reason;
        };
    }
}
