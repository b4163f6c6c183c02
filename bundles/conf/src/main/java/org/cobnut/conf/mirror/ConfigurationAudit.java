package org.cobnut.conf.mirror;

import java.util.List;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.conf.text.Fault;

/** Writes into the audit which configuration was changed and by what; never writes a value. */
public final class ConfigurationAudit {
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

    /** Records a change that a component of the framework asked for, such as the shell or the web console. */
    static void asked(String what, String pid, String result) {
        AuditLog.record(new Actor("Configuration Admin", "local"), "config " + what + ' ' + pid, result);
    }
}
