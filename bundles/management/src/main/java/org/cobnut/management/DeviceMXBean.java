package org.cobnut.management;

import java.util.List;
import java.util.Map;

/** A device as tools for JMX see it. */
public interface DeviceMXBean {
    /** The words of ups.status; empty when it has none. */
    String getStatus();

    /** One or two words, such as "fresh" or "stale". */
    String getHealth();

    /** Why it is not fresh; empty while it is. */
    String getReason();

    /** All variables, but for what a driver logs in with. */
    Map<String, String> getVariables();

    /** The names of its instant commands. */
    List<String> getCommands();
}
