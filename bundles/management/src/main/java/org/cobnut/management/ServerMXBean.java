package org.cobnut.management;

import java.util.List;
import java.util.Map;

/** The server as tools for JMX see it. */
public interface ServerMXBean {
    /** The version of Cobnut. */
    String getVersion();

    /** The names of the devices that are here. */
    List<String> getDevices();

    /** Who is logged into which device over the network: device, user and address, with blanks between them. */
    List<String> getClients();

    /** What {@code nutctl health} tells: OK, WARN or CRITICAL and the reason, by what was checked. */
    Map<String, String> getHealth();
}
