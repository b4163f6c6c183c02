package org.cobnut.drivers.powerpanel;

/**
 * What is read: a part of the answer to a request. A request to which something is written is sent as the text that is
 * written.
 *
 * @param request the request without its end
 * @param name which part of its answer
 */
record Part(String request, String name) {
    /** The line itself, for settings and commands. */
    static final Part SEND = new Part("", "send");

    /** A part of an answer by its place, from 0. */
    static Part of(String request, int place) {
        return new Part(request, Integer.toString(place));
    }
}
