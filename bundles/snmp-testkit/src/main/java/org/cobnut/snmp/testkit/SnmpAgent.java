package org.cobnut.snmp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.TransportStateReference;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/**
 * An agent of SNMP in this process, on a loopback port of its own. It takes any community of v1 and v2c, and of v3 the users that
 * it was told of.
 */
public final class SnmpAgent implements AutoCloseable, CommandResponder {
    private static final int ANY = -1;

    private final ConcurrentSkipListMap<OID, Variable> objects = new ConcurrentSkipListMap<>();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final SnmpUsers users;
    private final Snmp snmp;
    private final int port;
    private volatile int most = Integer.MAX_VALUE;
    private volatile int silentAbove = Integer.MAX_VALUE;
    private volatile int refusal = PDU.noError;
    private volatile boolean twice;
    private volatile int version = ANY;
    private volatile String community = "";
    private volatile BiConsumer<String, PDU> told = (any, request) -> {};
    private volatile UnaryOperator<PDU> spoil = UnaryOperator.identity();
    private volatile UnaryOperator<byte[]> spoilBytes = UnaryOperator.identity();
    private volatile Duration delay = Duration.ZERO;

    /** An agent on any free port. */
    public SnmpAgent(Map<String, Variable> objects) throws IOException {
        this(objects, 0);
    }

    /** An agent on this port. */
    public SnmpAgent(Map<String, Variable> objects, int port) throws IOException {
        this(objects, port, 0);
    }

    /**
     * An agent on this port.
     *
     * @param boots how often it was started before, as it tells clients of SNMPv3
     */
    public SnmpAgent(Map<String, Variable> objects, int port, int boots) throws IOException {
        objects.forEach(this::put);
        var socket = new DefaultUdpTransportMapping(new UdpAddress("127.0.0.1/" + port)) {
            @Override
            public void sendMessage(
                    UdpAddress to, byte[] message, TransportStateReference state, long timeoutMillis, int maxRetries)
                    throws IOException {
                byte[] spoiled = spoilBytes.apply(message);
                if (spoiled.length > 0) super.sendMessage(to, spoiled, state, timeoutMillis, maxRetries);
            }
        };
        users = new SnmpUsers(socket.getListenAddress().getPort(), boots);
        var dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv1());
        dispatcher.addMessageProcessingModel(new MPv2c());
        dispatcher.addMessageProcessingModel(users.model());
        snmp = new Snmp(dispatcher, socket);
        snmp.addCommandResponder(this);
        snmp.listen();
        this.port = socket.getListenAddress().getPort();
    }

    /** As ups.conf names it. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Sets an object, or makes it. */
    public void put(String oid, Variable value) {
        objects.put(new OID(oid), value);
    }

    public void remove(String oid) {
        objects.remove(new OID(oid));
    }

    /** The value of an object; null when there is none. */
    public @Nullable Variable value(String oid) {
        return objects.get(new OID(oid));
    }

    /** Answers tooBig to requests of more objects. */
    public SnmpAgent taking(int atMost) {
        most = atMost;
        return this;
    }

    /** Stays silent to requests of more objects; to all with 0. */
    public SnmpAgent silentAbove(int objectsAtOnce) {
        silentAbove = objectsAtOnce;
        return this;
    }

    /** Answers each write with this error status. */
    public SnmpAgent refusing(int status) {
        refusal = status;
        return this;
    }

    /** Answers requests of that version with that community alone. */
    public SnmpAgent onlyFor(int onlyVersion, String onlyCommunity) {
        version = onlyVersion;
        community = onlyCommunity;
        return this;
    }

    /** Tells of each request: its community. */
    public SnmpAgent telling(Consumer<String> communities) {
        return telling((community, request) -> communities.accept(community));
    }

    /** Tells of each request: its community, and what it asks for. */
    public SnmpAgent telling(BiConsumer<String, PDU> requests) {
        told = requests;
        return this;
    }

    /** Sends each answer twice. */
    public SnmpAgent twice() {
        twice = true;
        return this;
    }

    /** Changes each answer before it is sent. */
    public SnmpAgent spoiling(UnaryOperator<PDU> change) {
        spoil = change;
        return this;
    }

    /** Changes the bytes of each message before it is sent; an empty one is not sent. */
    public SnmpAgent spoilingBytes(UnaryOperator<byte[]> change) {
        spoilBytes = change;
        return this;
    }

    /** Answers each request so much later. */
    public SnmpAgent delaying(Duration time) {
        delay = time;
        return this;
    }

    /**
     * Takes a user of SNMPv3, too.
     *
     * @param signs how it signs: one of {@code AuthMD5.ID} and its like; null for not at all
     * @param encrypts how it encrypts, null for not at all
     */
    public SnmpAgent user(
            String name, @Nullable OID signs, String signSecret, @Nullable OID encrypts, String encryptSecret) {
        users.add(name, signs, signSecret, encrypts, encryptSecret);
        return this;
    }

    /** What was written: OID, type and value, in their order. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    /** How many requests came, answered or not. */
    public int requests() {
        return requests.get();
    }

    @Override
    public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
        PDU request = event.getPDU();
        requests.incrementAndGet();
        told.accept(new String(event.getSecurityName(), StandardCharsets.US_ASCII), request);
        event.setProcessed(true);
        if (request.size() > silentAbove || !permitted(event)) return;
        boolean old = event.getMessageProcessingModel() == SnmpConstants.version1;
        PDU answer = spoil.apply(answer(request, old));
        if (delay.isZero()) reply(event, answer);
        else
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> reply(event, answer));
    }

    private <A extends Address> void reply(CommandResponderEvent<A> event, PDU answer) {
        send(event, answer);
        if (twice) send(event, answer);
    }

    private <A extends Address> boolean permitted(CommandResponderEvent<A> event) {
        return version == ANY
                || (event.getMessageProcessingModel() == version
                        && community.equals(new String(event.getSecurityName(), StandardCharsets.US_ASCII)));
    }

    private static <A extends Address> void send(CommandResponderEvent<A> event, PDU answer) {
        try {
            event.getMessageDispatcher()
                    .returnResponsePdu(
                            event.getMessageProcessingModel(),
                            event.getSecurityModel(),
                            event.getSecurityName(),
                            event.getSecurityLevel(),
                            answer,
                            event.getMaxSizeResponsePDU(),
                            event.getStateReference(),
                            new StatusInformation());
        } catch (MessageException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private PDU answer(PDU request, boolean old) {
        PDU answer = request instanceof ScopedPDU ? new ScopedPDU() : new PDU();
        if (answer instanceof ScopedPDU scoped && request instanceof ScopedPDU asked) {
            scoped.setContextEngineID(asked.getContextEngineID());
            scoped.setContextName(asked.getContextName());
        }
        answer.setType(PDU.RESPONSE);
        answer.setRequestID(request.getRequestID());
        if (request.size() > most) return failed(answer, request, PDU.tooBig, 0);
        if (request.getType() == PDU.SET) return written(answer, request);
        int rounds = request.getType() == PDU.GETBULK ? request.getMaxRepetitions() : 1;
        List<VariableBinding> asked = List.copyOf(request.getVariableBindings());
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < asked.size(); i++) {
                OID oid = round == 0
                        ? asked.get(i).getOid()
                        : answer.get(answer.size() - asked.size()).getOid();
                VariableBinding found = request.getType() == PDU.GET ? exactly(oid) : behind(oid);
                if (old && found.getVariable().isException()) return failed(answer, request, PDU.noSuchName, i + 1);
                answer.add(found);
            }
        }
        return answer;
    }

    private VariableBinding exactly(OID oid) {
        return new VariableBinding(oid, objects.getOrDefault(oid, Null.noSuchInstance));
    }

    private VariableBinding behind(OID oid) {
        Map.Entry<OID, Variable> next = objects.higherEntry(oid);
        return next == null
                ? new VariableBinding(oid, Null.endOfMibView)
                : new VariableBinding(next.getKey(), next.getValue());
    }

    private PDU written(PDU answer, PDU request) {
        if (refusal != PDU.noError) return failed(answer, request, refusal, 1);
        for (int i = 0; i < request.size(); i++) {
            Variable old = objects.get(request.get(i).getOid());
            if (old == null) return failed(answer, request, PDU.notWritable, i + 1);
            if (old.getSyntax() != request.get(i).getVariable().getSyntax())
                return failed(answer, request, PDU.wrongType, i + 1);
        }
        for (VariableBinding binding : request.getVariableBindings()) {
            objects.put(binding.getOid(), binding.getVariable());
            writes.add("%s %s %s"
                    .formatted(binding.getOid(), binding.getVariable().getSyntaxString(), binding.getVariable()));
        }
        answer.addAll(request.getVariableBindings());
        return answer;
    }

    private static PDU failed(PDU answer, PDU request, int status, int index) {
        answer.clear();
        answer.setRequestID(request.getRequestID());
        answer.addAll(request.getVariableBindings());
        answer.setErrorStatus(status);
        answer.setErrorIndex(index);
        return answer;
    }

    @Override
    public void close() throws IOException {
        snmp.close();
    }
}
