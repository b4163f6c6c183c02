package org.cobnut.device;

import java.util.List;
import java.util.Optional;
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

    /**
     * Sets FSD, as the primary of a UPS does, so that every client sees it.
     *
     * @return whether there is such a UPS
     */
    boolean latchFsd(String ups);

    /** Logs somebody of this process in, without any connection; nothing when there is no such UPS. */
    Optional<Login> login(String ups, Client client);

    /** A login of this process. It ends when it is closed, or when its UPS leaves the configuration. */
    interface Login extends AutoCloseable {
        /** Whether it counts still. */
        boolean counts();

        /** Logs out; harmless when that is done. */
        @Override
        void close();
    }
}
