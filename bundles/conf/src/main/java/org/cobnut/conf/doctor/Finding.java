package org.cobnut.conf.doctor;

/**
 * Names what is wrong, and the line that mends it: a command, or what to edit. Never holds a secret.
 *
 * @param grave whether a UPS is not served, or a shutdown fails; otherwise it is advice
 */
record Finding(boolean grave, String problem, String mend) {
    static Finding error(String problem, String mend) {
        return new Finding(true, problem, mend);
    }

    static Finding advice(String problem, String mend) {
        return new Finding(false, problem, mend);
    }

    @Override
    public String toString() {
        return (grave ? "error:  " : "advice: ") + problem + "\n        mend: " + mend;
    }
}
