package org.cobnut.upsd.protocol;

import java.util.function.BiPredicate;
import java.util.function.Function;
import org.cobnut.upsd.access.User;
import org.cobnut.upsd.access.User.Action;
import org.cobnut.wire.Request;

/**
 * A right that upsd.users gives.
 *
 * @param granted whether a user has it for a request
 * @param name the right in words, for the log
 */
record Right(BiPredicate<User, Request> granted, Function<Request, String> name) {
    /** The right to run the instant command that the request names. */
    static final Right INSTCMD =
            new Right((user, request) -> user.mayRun(command(request)), request -> "run " + command(request));

    /** The right to an action. */
    static Right of(Action action) {
        return new Right((user, request) -> user.may(action), request -> action.name());
    }

    private static String command(Request request) {
        return ((Request.Instcmd) request).command();
    }
}
