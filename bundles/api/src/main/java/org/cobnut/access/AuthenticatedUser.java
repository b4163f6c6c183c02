package org.cobnut.access;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A user whose password proved right, and what that user may do. Rights are checked again at each request, so an edit of
 * upsd.users counts at once. Any thread; nothing blocks.
 */
@ProviderType
public interface AuthenticatedUser {
    /** The section's name in upsd.users. */
    String name();

    /** Whether upsd.users lets this user set variables. */
    boolean maySet();

    /** Whether upsd.users lets this user run that instant command. */
    boolean mayRun(String command);

    /** Sets a variable with all checks of SET VAR; log and audit are upsd's. The stage never ends exceptionally. */
    CompletionStage<RequestResult> set(String ups, String variable, String value);

    /** Runs an instant command with all checks of INSTCMD; an empty argument is none. */
    CompletionStage<RequestResult> run(String ups, String command, String argument);
}
