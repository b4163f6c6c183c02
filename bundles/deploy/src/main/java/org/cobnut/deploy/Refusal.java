package org.cobnut.deploy;

/** Says why a jar is not installed, as the end of a sentence for the operator. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String why) {
        super(why);
    }

    Refusal(String why, Throwable cause) {
        super(why, cause);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
