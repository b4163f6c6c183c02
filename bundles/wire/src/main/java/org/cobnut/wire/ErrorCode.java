package org.cobnut.wire;

import java.util.Locale;
import java.util.Optional;

/** What may stand behind ERR (RFC 9271, section 4.3; network-protocol, "Error responses"). */
public enum ErrorCode {
    ACCESS_DENIED,
    ALREADY_LOGGED_IN,
    ALREADY_SET_PASSWORD,
    ALREADY_SET_USERNAME,
    ALREADY_SSL_MODE,
    CMD_NOT_SUPPORTED,
    DATA_STALE,
    DRIVER_NOT_CONNECTED,
    FEATURE_NOT_CONFIGURED,
    FEATURE_NOT_SUPPORTED,
    INSTCMD_FAILED,
    INVALID_ARGUMENT,
    INVALID_PASSWORD,
    INVALID_USERNAME,
    INVALID_VALUE,
    PASSWORD_REQUIRED,
    READONLY,
    SET_FAILED,
    TOO_LONG,
    UNKNOWN_COMMAND,
    UNKNOWN_UPS,
    USERNAME_REQUIRED,
    VAR_NOT_SUPPORTED,
    /** TRACKING only: the id, or the result, is not known. */
    UNKNOWN,
    /** TRACKING only: the device refused or did not answer. */
    FAILED;

    private final String wire = name().replace('_', '-');

    /** As it goes over the wire, such as {@code ACCESS-DENIED}. */
    public String wire() {
        return wire;
    }

    public static Optional<ErrorCode> of(String wire) {
        try {
            return Optional.of(valueOf(wire.toUpperCase(Locale.ROOT).replace('-', '_')));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
