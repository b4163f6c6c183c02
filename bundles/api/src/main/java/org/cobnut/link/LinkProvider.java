package org.cobnut.link;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens links of some kinds, offered by a link bundle as a service with the properties {@link #KIND} and {@link #SCHEME}.
 * The runtime hands each {@link Links#open} to the provider of that kind and of the port's scheme; a device waits while
 * there is none, and is opened again when one comes or changes its service properties. A provider that notices a device that
 * was not there when it was asked for calls {@link LinkRequest#retry}.
 */
@ConsumerType
public interface LinkProvider {
    /** Service property: the class names of the kinds of links that it opens; a string or several. */
    String KIND = "link.kind";

    /** Service property: the schemes of the ports that it opens, or {@link #ANY}; a string or several. */
    String SCHEME = "link.scheme";

    /**
     * Service property: true where links run native code whose fault would end the process. Where the process is told so, a
     * section that opens such a link is run in a process of its own.
     */
    String NATIVE = "link.native";

    /** The scheme of every port that names none: "/dev/ttyS0", "COM3". */
    String SERIAL = "serial";

    /** Stands for every scheme that no other provider of the kind names. */
    String ANY = "*";

    /**
     * Opens a link. Blocks until it is open; an interrupt ends that.
     *
     * @return a link that is an instance of {@link LinkRequest#kind}
     * @throws IOException when the device is not there, not permitted, or held by another; one sentence for the operator
     */
    Link open(LinkRequest request) throws IOException;

    /** The scheme of a port: what stands before its first colon ("tcp:host:4001"), else {@link #SERIAL}. */
    static String scheme(String port) {
        Matcher matcher = Pattern.compile("([a-z][a-z0-9+.-]+):.+").matcher(port);
        return matcher.matches() ? matcher.group(1) : SERIAL;
    }
}
