package org.cobnut.client;

import java.io.IOException;
import java.util.Optional;
import org.cobnut.wire.ErrorCode;

/** The server answered ERR. The connection is as good as before. */
public final class NutException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public NutException(String code) {
        super("ERR " + code);
        this.code = code;
    }

    /** The word behind ERR as it was sent. */
    public String code() {
        return code;
    }

    /** The code, where it is one that we know. */
    public Optional<ErrorCode> error() {
        return ErrorCode.of(code);
    }

    /** Whether this is the error. */
    public boolean is(ErrorCode error) {
        return code.equalsIgnoreCase(error.wire());
    }
}
