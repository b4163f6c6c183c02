package org.cobnut.upsd;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Who did what, from where, and what came of it: one line each, with the marker AUDIT, for a place of its own
 * (etc/logback.xml). What people do is told in the ordinary log as well.
 */
final class Audit {
    private static final Logger log = LoggerFactory.getLogger("org.cobnut.audit");
    private static final Marker AUDIT = MarkerFactory.getMarker("AUDIT");
    private static final int LONGEST = 200;

    /** Somebody at a client, and whether a certificate showed who that is. */
    record Who(String user, String address, boolean certified) {}

    private Audit() {}

    /**
     * Tells one thing.
     *
     * @param what the request in the words of the protocol, without any secret
     * @param result the reply, or what the driver said
     */
    static void tell(Who who, String what, String result) {
        log.info(
                AUDIT,
                "user=\"{}\"{} from={} did=\"{}\" result=\"{}\"",
                shown(who.user()),
                who.certified() ? " by certificate" : "",
                who.address(),
                shown(what),
                result);
    }

    /** A client's text as a log may hold it: one line of printable characters, not too long. */
    static String shown(String text) {
        var line = new StringBuilder(text.length());
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++)
            line.append(text.charAt(i) >= ' ' && text.charAt(i) < 0x7f ? text.charAt(i) : '?');
        return text.length() > LONGEST ? line.append("...").toString() : line.toString();
    }
}
