package org.cobnut.conf;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** Which configuration was changed by what, one line each, with the marker AUDIT; no value is told. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger("org.cobnut.audit");
    private static final Marker AUDIT = MarkerFactory.getMarker("AUDIT");

    private Audit() {}

    /** A file was edited, and this configuration is another now. */
    static void edited(String file, String what, String pid) {
        LOG.info(AUDIT, "user=\"editor\" from={} did=\"config {} {}\" result=\"in force\"", file, what, pid);
    }

    /** Somebody in the framework, such as the shell or the web console, asked for a change. */
    static void asked(String what, String pid, String result) {
        LOG.info(
                AUDIT, "user=\"Configuration Admin\" from=local did=\"config {} {}\" result=\"{}\"", what, pid, result);
    }
}
