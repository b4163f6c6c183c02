package org.cobnut.access;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Describes variables and commands by their names, as upsd does. A service of the server; any thread. */
@ProviderType
public interface NameDescriptions {
    /** One sentence about a variable; nothing for an unknown name. */
    Optional<String> ofVariable(String name);

    /** One sentence about an instant command; nothing for an unknown name. */
    Optional<String> ofCommand(String name);
}
