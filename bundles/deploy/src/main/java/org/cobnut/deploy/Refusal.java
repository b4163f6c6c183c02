package org.cobnut.deploy;

/** Says why a jar is not installed, as the end of a sentence for the operator. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    /** Says so. */
    public Refusal(String why) {
        super(why);
    }

    /** Says so, because of another failure. */
    public Refusal(String why, Throwable cause) {
        super(why, cause);
    }

    /** The end of a sentence. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
