package org.cobnut.access;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Authenticates users of upsd.users as upsd itself does: by the same passwords, host rules and limits of wrong attempts.
 * The server offers it as a service. Any thread.
 */
@ProviderType
public interface UserAuthenticator {
    /**
     * Checks a name and a password. Returns at once; the stage ends when upsd would have answered, which takes seconds
     * after some wrong passwords, and never exceptionally.
     *
     * @param address the numeric address of the client
     */
    CompletionStage<Authentication> authenticate(String user, String password, String address);
}
