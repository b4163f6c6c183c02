package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.record.Conversation;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpValue;

/** An agent out of a conversation, which has no object that the conversation does not tell of. */
final class ReplayedSnmpLink implements SnmpLink {
    private final Conversation conversation;
    private volatile boolean closed;

    ReplayedSnmpLink(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public Map<String, SnmpValue> get(Collection<String> oids) throws IOException {
        var values = new LinkedHashMap<String, SnmpValue>();
        for (String oid : oids) Notation.value(ask(Notation.GET + oid)).ifPresent(value -> values.put(oid, value));
        return values;
    }

    @Override
    public Map<String, SnmpObject> next(Collection<String> oids) throws IOException {
        var objects = new LinkedHashMap<String, SnmpObject>();
        for (String oid : oids) Notation.object(ask(Notation.NEXT + oid)).ifPresent(next -> objects.put(oid, next));
        return objects;
    }

    @Override
    public SortedMap<String, SnmpValue> walk(String subtree, int most) throws IOException {
        var found = new TreeMap<String, SnmpValue>(Walk.ORDER);
        for (String line : ask(Notation.WALK + subtree).split("\n"))
            if (found.size() < most) Notation.object(line).ifPresent(object -> found.put(object.oid(), object.value()));
        return found;
    }

    @Override
    public void set(List<SnmpObject> objects) throws IOException {
        String answer =
                ask(Notation.SET + objects.stream().map(Notation::object).collect(Collectors.joining("\n")));
        if (!answer.equals(Notation.DONE))
            throw new SnmpException(SnmpException.Cause.REFUSED, "the recording has no such write");
    }

    @Override
    public void close() {
        closed = true;
    }

    private String ask(String question) throws IOException {
        if (closed) throw new IOException("the recording is closed");
        String answer = conversation.answer(question);
        if (answer.equals(Notation.SILENT)) throw new NoAnswerException(new byte[0], Duration.ZERO);
        if (answer.startsWith(Notation.REFUSED))
            throw new SnmpException(SnmpException.Cause.REFUSED, answer.substring(Notation.REFUSED.length()));
        return answer;
    }
}
