package org.cobnut.notify.delivery;

import java.net.ConnectException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import javax.net.ssl.SSLException;
import org.cobnut.wire.ErrorText;

/** Says in words why a message was not delivered. */
final class FailureReason {
    private static final int LONGEST = 400;

    private FailureReason() {}

    static String of(Throwable failure) {
        String text = text(failure).replaceAll("\\s+", " ").strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static String text(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException)
                return "the certificate of the server is of no authority that is trusted here; cafile names another one";
            if (cause instanceof CertPathValidatorException)
                return "the certificate of the server cannot be trusted: " + cause.getMessage();
            if (cause instanceof SSLException && cause.getCause() == null) return "TLS fails: " + ErrorText.of(cause);
            if (cause instanceof ConnectException) return "no connection: " + ErrorText.of(cause);
        }
        return ErrorText.of(failure);
    }
}
