package org.cobnut.mqtt.publish;

import java.util.regex.Pattern;

/** Names the topics of one node. */
public record Topics(String base, String node) {
    private static final Pattern UNFIT = Pattern.compile("[/+#\\p{Cntrl}]");

    /** A name as one level of a topic. */
    static String level(String name) {
        return UNFIT.matcher(name).replaceAll("_");
    }

    /** Whether the node is connected. */
    public String status() {
        return base + '/' + node + "/status";
    }

    /** Whether it is a topic of this node. */
    public boolean own(String topic) {
        return topic.startsWith(prefix());
    }

    /** How every topic of this node begins. */
    String prefix() {
        return base + '/' + node + '/';
    }

    /** Something of a UPS, or of all of them by {@code +}. */
    public String of(String ups, String what) {
        return base + '/' + node + '/' + (ups.equals("+") ? ups : level(ups)) + '/' + what;
    }

    /** A variable of a UPS: its dots become slashes. */
    String variable(String ups, String name) {
        return of(ups, "var/" + level(name).replace('.', '/'));
    }
}
