package org.cobnut.notify;

import java.time.Instant;
import java.util.Objects;

/** A notice of upsmon as it is sent to people. Immutable. */
public final class Message {
    private static final int LONGEST_SUBJECT = 120;

    private final Severity severity;
    private final String event;
    private final String ups;
    private final String text;
    private final Instant at;
    private final String host;

    private Message(Severity severity, String event, String ups, String text, Instant at, String host) {
        this.severity = severity;
        this.event = event;
        this.ups = ups;
        this.text = text;
        this.at = at;
        this.host = host;
    }

    /**
     * A message.
     *
     * @param event the kind of notice, such as ONBATT; TEST for a test
     * @param ups the name in MONITOR; empty for a notice about the machine
     * @param text a sentence, as NOTIFYMSG of upsmon.conf has it
     * @param at wall-clock time, for people
     * @param host the name of the machine that sends it
     */
    public static Message of(Severity severity, String event, String ups, String text, Instant at, String host) {
        return new Message(severity, event, ups, text, at, host);
    }

    /** How much it matters. */
    public Severity severity() {
        return severity;
    }

    /** The kind of notice, such as ONBATT; TEST for a test. */
    public String event() {
        return event;
    }

    /** The name in MONITOR; empty for a notice about the machine. */
    public String ups() {
        return ups;
    }

    /** The sentence. */
    public String text() {
        return text;
    }

    /** When it happened, for people. */
    public Instant at() {
        return at;
    }

    /** The name of the machine that sends it. */
    public String host() {
        return host;
    }

    /** The machine and the sentence on one short line. */
    public String subject() {
        String line = (host + ": " + text).replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT - 3) + "...";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that
                && severity == that.severity
                && event.equals(that.event)
                && ups.equals(that.ups)
                && text.equals(that.text)
                && at.equals(that.at)
                && host.equals(that.host);
    }

    @Override
    public int hashCode() {
        return Objects.hash(severity, event, ups, text, at, host);
    }

    @Override
    public String toString() {
        return ups.isEmpty() ? event : event + " of " + ups;
    }
}
