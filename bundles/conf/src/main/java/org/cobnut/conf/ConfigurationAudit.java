package org.cobnut.conf;

import java.util.List;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;

/** Tells the audit which configuration was changed by what; no value is told. */
final class ConfigurationAudit {
    private static final int MOST_FAULTS = 5;

    private ConfigurationAudit() {}

    /** A file was edited, and this configuration is another now. */
    static void edited(String file, String what, String pid) {
        AuditLog.record(new Actor("editor", file), "config " + what + ' ' + pid, "in force");
    }

    /** Files were edited, and nothing of that is taken over. */
    static void refused(List<Fault> faults) {
        faults.stream()
                .limit(MOST_FAULTS)
                .forEach(fault -> AuditLog.record(new Actor("editor", "files"), "config reload", "refused: " + fault));
    }

    /** Somebody in the framework, such as the shell or the web console, asked for a change. */
    static void asked(String what, String pid, String result) {
        AuditLog.record(new Actor("Configuration Admin", "local"), "config " + what + ' ' + pid, result);
    }
}
