package org.cobnut.model;

/**
 * One variable of a device at one moment.
 *
 * @param name dotted, lower case by convention, compared by {@link Names#ORDER}
 * @param value text as a client shows it, in NUT's unit for the name, never with the unit; printable ASCII
 */
public record Variable(String name, String value, VarType type) {
    public Variable {
        if (name.isEmpty()) throw new IllegalArgumentException("a variable without a name");
    }
}
