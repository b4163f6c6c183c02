package org.cobnut.drivers.sim;

/** What one line of a data file does. */
sealed interface Step {
    /** Gives a variable a value, or takes it away when the value is empty. */
    record Put(String name, String value) implements Step {}

    /** Shows what is there and goes on after so many seconds. */
    record Timer(int seconds) implements Step {}

    /** Raises an alarm, or ends all of them when the text is empty. */
    record Alarm(String text) implements Step {}
}
