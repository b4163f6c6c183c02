package org.cobnut.link.snmp.agent;

import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.record.LinkRecorder;
import org.cobnut.link.record.Recording;
import org.cobnut.link.snmp.SnmpLink;
import org.osgi.service.component.annotations.Component;

/**
 * Records and replays agents of SNMP, an object a question: {@code get OID} is answered by {@code TYPE value} or
 * {@code absent}, {@code next OID} by {@code OID TYPE value}, {@code walk OID} by as many such lines, and
 * {@code set OID TYPE value} by {@code done} or {@code refused} and the reason; anything by {@code silent}.
 */
@Component(property = LinkProvider.KIND + "=org.cobnut.link.snmp.SnmpLink")
public final class SnmpRecorder implements LinkRecorder {
    @Override
    public SnmpLink record(Class<? extends Link> kind, Link link, Recording recording) {
        return new RecordedSnmpLink((SnmpLink) link, recording);
    }

    @Override
    public SnmpLink replay(Class<? extends Link> kind, Conversation conversation) {
        return new ReplayedSnmpLink(conversation);
    }
}
