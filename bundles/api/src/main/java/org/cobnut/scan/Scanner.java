package org.cobnut.scan;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Finds devices of one kind, as a whiteboard service, and says which driver, port and options fit each. The program
 * {@code nut-scanner} runs without a framework: it takes the scanners that {@link java.util.ServiceLoader} finds in the
 * bundles of the distribution, so that a scanner there has a public constructor without parameters and a line in
 * {@code META-INF/services/org.cobnut.scan.Scanner}, too.
 *
 * <p>A scanner is asked by one thread or by several at a time, and each scan stands alone. It keeps no device and no port
 * open after {@link #scan} returns. It opens a device that is in use by nobody, and it sends nothing that another family
 * of devices takes for an order to switch off; whatever it does send is written down in its documentation.
 */
@ConsumerType
public interface Scanner {
    /** Devices on USB. */
    String USB = "usb";

    /** Agents of SNMP. */
    String SNMP = "snmp";

    /** Eaton's XML over HTTP. */
    String XML = "xml";

    /** UPSes of other NUT servers. */
    String NUT = "nut";

    /** Files that the driver dummy-ups plays. */
    String SIMULATION = "nutsim";

    /** NUT servers that announce themselves by mDNS. */
    String AVAHI = "avahi";

    /** Power supplies behind IPMI. */
    String IPMI = "ipmi";

    /** Devices on serial lines. */
    String SERIAL = "serial";

    /** Devices that UPower knows. */
    String UPOWER = "upower";

    /**
     * Returns what it finds: one of the constants, or a word of lower-case letters and digits of its own.
     * {@code nut-scanner} and {@code nutctl scan} name the sections of ups.conf by it.
     */
    String kind();

    /** Says in one sentence what it looks for, and what it must be told for that. */
    String description();

    /**
     * Looks for devices, and reports each as soon as it is known. Blocks until all has been looked at, at most for
     * {@link ScanRequest#limit} and a second. Must not throw for what it cannot look at: it tells the report of it, and
     * goes on.
     *
     * @throws InterruptedException when the thread was interrupted, within a second; what was reported until then counts
     */
    void scan(ScanRequest request, ScanReport report) throws InterruptedException;
}
