package org.cobnut.recall;

/**
 * Ends the call of a driver whose thread must return. It is an error, because drivers catch exceptions in their loops.
 */
public final class Recalled extends Error {
    private static final long serialVersionUID = 1;

    Recalled(String reason) {
        super(reason);
    }
}
