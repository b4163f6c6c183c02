package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.cobnut.link.snmp.SnmpValue;
import org.snmp4j.PDU;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;

/** Reads a subtree, step by step, and ends where the agent leaves it, stands still or goes back. */
final class Walk {
    /** Objects that one request of v2c or v3 asks for at most, until an agent says that it is too much. */
    static final int REPETITIONS = 24;

    /** OIDs as the tree orders them. */
    static final Comparator<String> ORDER = Comparator.comparing(OID::new);

    private final OID subtree;
    private final int most;
    private final int first;
    private final SortedMap<String, SnmpValue> found = new TreeMap<>(ORDER);

    /** @param expected objects that the subtree may have; of another number it is read as well, by more requests */
    Walk(OID subtree, int most, int expected) {
        this.subtree = subtree;
        this.most = most;
        first = Math.min(REPETITIONS, expected + 1);
    }

    SortedMap<String, SnmpValue> over(AgentLink.Asker agent, Version version) throws IOException {
        int type = version == Version.V1 ? PDU.GETNEXT : PDU.GETBULK;
        OID at = subtree;
        int limit = REPETITIONS;
        int repetitions = first;
        while (found.size() < most) {
            PDU answer;
            try {
                answer = agent.ask(type, List.of(new VariableBinding(at, Null.instance)), repetitions);
            } catch (NoAnswerException silence) {
                if (type == PDU.GETNEXT || repetitions == 1) throw silence;
                limit = repetitions = 1; // the answer to many may be too long for a packet, or for the agent
                continue;
            }
            if (answer.getErrorStatus() == PDU.tooBig && type == PDU.GETBULK && repetitions > 1) {
                limit = repetitions /= 2;
                continue;
            }
            if (answer.getErrorStatus() == PDU.noSuchName || answer.size() == 0) break;
            if (answer.getErrorStatus() != PDU.noError) throw Reports.refusal(answer);
            OID last = take(answer, at);
            if (last.equals(at)) break;
            at = last;
            repetitions = Math.min(limit, 2 * repetitions);
        }
        return Collections.unmodifiableSortedMap(found);
    }

    /** Takes what belongs to the subtree; returns where to go on, which is where it was when there is no more. */
    private OID take(PDU answer, OID from) {
        OID at = from;
        for (VariableBinding binding : answer.getVariableBindings()) {
            OID oid = binding.getOid();
            if (!oid.startsWith(subtree) || oid.compareTo(at) <= 0 || found.size() >= most) return from;
            if (binding.getVariable().isException()) return from;
            at = oid;
            Values.of(binding.getVariable()).ifPresent(value -> found.put(oid.toDottedString(), value));
        }
        return at;
    }
}
