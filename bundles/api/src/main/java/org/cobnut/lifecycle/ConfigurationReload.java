package org.cobnut.lifecycle;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Reads all configuration files again. Thread-safe. */
@ProviderType
public interface ConfigurationReload {
    /**
     * Reads the files now, and returns when every component has the new values. Blocks.
     *
     * @return what differs from the start of this process and counts only from the next start, as {@code file: key}
     * @throws IOException when something is refused and so stays as it was; the message has a line {@code file:line:
     *     reason} for each fault. Everything else is in force nevertheless
     */
    List<String> reload() throws IOException;
}
