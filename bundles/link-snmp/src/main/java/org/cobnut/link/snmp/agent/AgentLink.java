package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.snmp.SnmpException;
import org.cobnut.link.snmp.SnmpLink;
import org.cobnut.link.snmp.SnmpObject;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpValue;
import org.jspecify.annotations.Nullable;
import org.snmp4j.PDU;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;

/** One agent. How many objects it takes at once is found out, and kept as long as the link is open. */
final class AgentLink implements SnmpLink {
    private final Engine engine;
    private final UdpAddress address;
    private final SnmpParameters parameters;
    private final Consumer<AgentLink> whenClosed;
    private final Runnable wake;
    private @Nullable Target<UdpAddress> target;
    /** Whether the agent has answered the target. */
    private boolean answered;

    private final RequestSize size = new RequestSize();
    /** How many objects the subtrees had that were read, and one more, for they grow. */
    private final Map<String, Integer> subtrees = new HashMap<>();

    private volatile Engine.@Nullable Exchange waiting;
    private volatile boolean closed;
    /** Whether a trap came since the agent was asked for the last time. */
    private volatile boolean trapped;

    /** @param whenClosed told once when this is closed */
    AgentLink(
            Engine engine,
            UdpAddress address,
            SnmpParameters parameters,
            Runnable wake,
            Consumer<AgentLink> whenClosed) {
        this.engine = engine;
        this.address = address;
        this.parameters = parameters;
        this.wake = wake;
        this.whenClosed = whenClosed;
    }

    UdpAddress address() {
        return address;
    }

    int trapPort() {
        return parameters.trapPort();
    }

    /** A trap of the agent has come. Of a flood of them, one wakes the session until it asks. */
    void trap() {
        if (trapped) return;
        trapped = true;
        wake.run();
    }

    @Override
    public Map<String, SnmpValue> get(Collection<String> oids) throws IOException {
        Map<OID, VariableBinding> found = fetch(PDU.GET, oids);
        var values = new LinkedHashMap<String, SnmpValue>();
        for (String oid : oids) {
            VariableBinding binding = found.get(oid(oid));
            if (binding != null) Values.of(binding.getVariable()).ifPresent(value -> values.put(oid, value));
        }
        return values;
    }

    @Override
    public Map<String, SnmpObject> next(Collection<String> oids) throws IOException {
        Map<OID, VariableBinding> found = fetch(PDU.GETNEXT, oids);
        var objects = new LinkedHashMap<String, SnmpObject>();
        for (String oid : oids) {
            VariableBinding binding = found.get(oid(oid));
            if (binding != null)
                Values.of(binding.getVariable())
                        .ifPresent(value ->
                                objects.put(oid, new SnmpObject(binding.getOid().toDottedString(), value)));
        }
        return objects;
    }

    @Override
    public SortedMap<String, SnmpValue> walk(String subtree, int most) throws IOException {
        int expected = subtrees.getOrDefault(subtree, Walk.REPETITIONS);
        SortedMap<String, SnmpValue> found =
                new Walk(oid(subtree), most, expected).over(this::ask, parameters.version());
        subtrees.put(subtree, found.size() + 1);
        return found;
    }

    @Override
    public void set(List<SnmpObject> objects) throws IOException {
        var bindings = new ArrayList<VariableBinding>();
        for (SnmpObject object : objects) bindings.add(Values.binding(object));
        PDU answer = ask(PDU.SET, bindings);
        if (answer.getErrorStatus() != PDU.noError) throw Reports.refusal(answer);
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        Engine.Exchange open = waiting;
        if (open != null) open.cancel();
        whenClosed.accept(this);
    }

    private OID oid(String text) {
        return engine.oid(text);
    }

    private Map<OID, VariableBinding> fetch(int type, Collection<String> oids) throws IOException {
        var found = new LinkedHashMap<OID, VariableBinding>();
        Deque<OID> left = new ArrayDeque<>();
        for (String oid : oids) left.add(oid(oid));
        while (!left.isEmpty()) {
            var some = new ArrayList<OID>();
            while (some.size() < size.most() && !left.isEmpty()) some.add(left.remove());
            List<OID> again = fetch(type, some, found);
            for (int i = again.size() - 1; i >= 0; i--) left.addFirst(again.get(i));
        }
        return found;
    }

    /** Asks once, and returns what is to be asked for again: in another company, or in a smaller one. */
    private List<OID> fetch(int type, List<OID> oids, Map<OID, VariableBinding> found) throws IOException {
        var bindings = new ArrayList<VariableBinding>();
        for (OID oid : oids) bindings.add(new VariableBinding(oid, Null.instance));
        PDU answer;
        try {
            answer = ask(type, bindings);
        } catch (NoAnswerException silence) {
            if (!size.mayBeTooLarge(oids.size())) throw silence;
            size.tooLarge(oids.size()); // some agents stay silent when they are asked for too much
            return oids;
        }
        if (answer.getErrorStatus() != PDU.tooBig) size.heard(oids.size());
        return answer.getErrorStatus() == PDU.noError ? taken(type, oids, answer, found) : withoutTheBad(oids, answer);
    }

    /** Takes what was answered, by OID where the answer repeats it, else by its place; the rest is asked for again. */
    private List<OID> taken(int type, List<OID> oids, PDU answer, Map<OID, VariableBinding> found) {
        var missing = new ArrayList<OID>();
        for (int i = 0; i < oids.size(); i++) {
            OID oid = oids.get(i);
            VariableBinding binding = i < answer.size() ? answer.get(i) : null;
            if (type == PDU.GET && (binding == null || !binding.getOid().equals(oid))) binding = binding(answer, oid);
            if (binding == null) missing.add(oid);
            else if (type == PDU.GET || binding.getOid().compareTo(oid) > 0) found.put(oid, binding);
        }
        if (missing.isEmpty()) size.answered(oids.size(), answer.getBERLength());
        if (missing.isEmpty() || oids.size() == 1) return List.of();
        size.tooLarge(oids.size());
        return missing;
    }

    private static @Nullable VariableBinding binding(PDU answer, OID oid) {
        for (VariableBinding binding : answer.getVariableBindings())
            if (binding.getOid().equals(oid)) return binding;
        return null;
    }

    /** An error names one object, which the agent does not have or does not give; without it, the others are asked for. */
    private List<OID> withoutTheBad(List<OID> oids, PDU answer) {
        if (oids.size() == 1) return List.of();
        int bad = answer.getErrorIndex() - 1;
        if (answer.getErrorStatus() == PDU.tooBig || bad < 0 || bad >= oids.size()) {
            size.tooLarge(oids.size());
            return oids;
        }
        var others = new ArrayList<>(oids);
        others.remove(bad);
        return others;
    }

    private PDU ask(int type, List<VariableBinding> bindings) throws IOException {
        return ask(type, bindings, 0);
    }

    private PDU ask(int type, List<VariableBinding> bindings, int repetitions) throws IOException {
        refuseWhenClosed();
        trapped = false;
        Target<UdpAddress> to = target;
        if (to == null) target = to = engine.target(address, parameters);
        if (type == PDU.SET) to = once(to);
        Engine.Exchange exchange = engine.send(type, bindings, repetitions, to);
        waiting = exchange;
        if (closed) exchange.cancel();
        PDU answer;
        try {
            answer = exchange.await();
        } catch (NoAnswerException silence) {
            boolean known = answered || !(to instanceof UserTarget);
            renew(to);
            // An agent of SNMPv3 that has just told its name is there.
            if (known) throw silence;
            throw Reports.silentToUser();
        } finally {
            waiting = null;
        }
        answered = answer.getType() != PDU.REPORT;
        if (answered) return answer;
        renew(to);
        throw Reports.of(answer);
    }

    /** A write is never repeated: the first one may have been obeyed. */
    private static Target<UdpAddress> once(Target<UdpAddress> target) {
        Target<UdpAddress> copy = target.duplicate();
        copy.setRetries(0);
        return copy;
    }

    /** The agent may have been started anew, or be another by now; it is asked for its name again. */
    private void renew(Target<UdpAddress> old) {
        engine.forget(old);
        target = null;
        answered = false;
    }

    private void refuseWhenClosed() throws IOException {
        if (closed) throw new IOException(address + ": is closed");
        if (Thread.interrupted()) throw new java.io.InterruptedIOException(address + ": interrupted");
    }

    @Override
    public String toString() {
        return "SNMP agent at " + address;
    }

    /** Asks an agent, and throws what {@link SnmpException} and the like say. */
    @FunctionalInterface
    interface Asker {
        PDU ask(int type, List<VariableBinding> bindings, int repetitions) throws IOException;
    }
}
