package org.cobnut.wire;

/** Which NUT we behave like, and who we are. */
public final class Version {
    /** The release of NUT whose behaviour ours is. */
    public static final String NUT_LEVEL = "2.8.5";

    /** The version of the network protocol. */
    public static final String PROTOCOL = "1.3";

    /** Our own version; a test holds it to the build's. */
    public static final String COBNUT = "0.1.0";

    private Version() {}
}
