package org.cobnut.recall;

/** Ends the call of a driver whose thread is wanted back. An error, since drivers catch exceptions in their loops. */
public final class Recalled extends Error {
    private static final long serialVersionUID = 1;

    Recalled(String reason) {
        super(reason);
    }
}
