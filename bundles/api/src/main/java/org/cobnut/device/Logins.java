package org.cobnut.device;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who is logged into each UPS, and whether a forced shutdown was announced for it: one truth, kept by the server and
 * outliving drivers and their replacement. Any thread; never blocks.
 */
@ProviderType
public interface Logins {
    /** A connection that logged in; the address is numeric. */
    record Client(String user, String address) {}

    /** Newest first; none for a UPS that is not known. */
    List<Client> clients(String ups);

    /** Whether FSD was set; it stays until the UPS leaves the configuration. */
    boolean fsd(String ups);
}
