package org.cobnut.drivers.megatec.dialect;

import java.util.Locale;

/**
 * How a dialect answers commands.
 *
 * @param how what may come
 * @param yes what says that a command is obeyed, or begins so
 */
public record Replies(How how, String yes) {
    /** What may come; everything else is a refusal. */
    public enum How {
        /** Nothing, or a yes. */
        SILENCE_OR_ACK,
        /** A yes; silence is a failure. */
        ACK,
        /** Nothing. */
        SILENCE
    }

    public static Replies of(How how) {
        return new Replies(how, "ACK");
    }

    /** Whether a command was obeyed, by what came back. */
    boolean done(String reply) {
        return switch (how) {
            case SILENCE -> reply.isEmpty();
            case SILENCE_OR_ACK -> reply.isEmpty() || acknowledges(reply);
            case ACK -> acknowledges(reply);
        };
    }

    private boolean acknowledges(String reply) {
        String bare = reply.startsWith("(") ? reply.substring(1) : reply;
        return bare.toUpperCase(Locale.ROOT).startsWith(yes.toUpperCase(Locale.ROOT));
    }
}
