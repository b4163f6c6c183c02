package org.cobnut.wire;

/** What we call ourselves on the wire and on the command line: the NUT level that we conform to, our own version behind it. */
public final class Version {
    /** The release of NUT whose behaviour this is. */
    public static final String NUT_LEVEL = "2.8.5";

    /** The version of the network protocol. */
    public static final String PROTOCOL = "1.3";

    /** Our own version; a test holds it against the build's. */
    public static final String OWN = "0.1.0";

    private Version() {}

    /** The line that a program prints for -V and above its help. */
    public static String of(String program) {
        return "Network UPS Tools " + program + ' ' + NUT_LEVEL + " (Cobnut " + OWN + ')';
    }
}
