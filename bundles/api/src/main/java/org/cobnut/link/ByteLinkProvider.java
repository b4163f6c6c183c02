package org.cobnut.link;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens ports of one kind, offered by a link bundle as a service with the property {@link #SCHEME}. The runtime hands
 * each port to the provider of its scheme; a device waits while there is none.
 */
@ConsumerType
public interface ByteLinkProvider {
    /** Service property: the schemes of the ports it opens; a string or several. */
    String SCHEME = "link.scheme";

    /** The scheme of every port that names none: "/dev/ttyS0", "COM3". */
    String SERIAL = "serial";

    /**
     * Opens a port. Blocks until it is open; an interrupt ends that.
     *
     * @param port as ups.conf has it, its scheme included
     * @throws IOException when it is not there, not permitted, or held by another; one sentence for the operator
     */
    ByteLink open(String port, SerialParameters parameters) throws IOException;

    /** The scheme of a port: what stands before its first colon ("tcp:host:4001"), else {@link #SERIAL}. */
    static String scheme(String port) {
        Matcher matcher = Pattern.compile("([a-z][a-z0-9+.-]+):.+").matcher(port);
        return matcher.matches() ? matcher.group(1) : SERIAL;
    }
}
