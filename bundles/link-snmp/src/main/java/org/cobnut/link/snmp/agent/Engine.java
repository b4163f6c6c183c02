package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.snmp.SnmpParameters;
import org.cobnut.link.snmp.SnmpParameters.Version;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.TransportMapping;
import org.snmp4j.UserTarget;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.USM;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/**
 * Sends requests to any number of agents over one socket, which one thread reads; a second one counts the time for all. Any
 * thread may ask.
 */
final class Engine implements AutoCloseable {
    /** What an answer may take beyond its time, for SNMPv3 asks an agent for its clock first. */
    private static final long SLACK_MILLIS = 500;

    /** Texts of OIDs whose numbers are kept: more than all mappings name. */
    private static final int MOST_OIDS = 10_000;

    private final Map<String, OID> oids = new ConcurrentHashMap<>();
    private final SecurityModels models = new SecurityModels();
    private final Credentials credentials = new Credentials();
    private final USM users;
    private final TransportMapping<UdpAddress> socket;
    private final Snmp snmp;

    Engine() throws IOException {
        this(socket(0));
    }

    /** An engine over this socket, which goes with it. */
    Engine(TransportMapping<UdpAddress> socket) throws IOException {
        this.socket = socket;
        var id = new OctetString(MPv3.createLocalEngineID());
        users = new USM(credentials.protocols(), id, 0);
        models.addSecurityModel(users);
        snmp = new Snmp(dispatcher(), socket);
        socket.listen();
    }

    /** A socket that reads all messages into one buffer: each is taken apart before the next is read. */
    private static DefaultUdpTransportMapping socket(int port) throws IOException {
        var socket = new DefaultUdpTransportMapping(new UdpAddress("0.0.0.0/" + port));
        socket.setAsyncMsgProcessingSupported(false);
        return socket;
    }

    /** Hears traps and informs at a UDP port until the result is closed. */
    Snmp traps(int port, CommandResponder listener) throws IOException {
        DefaultUdpTransportMapping mapping = socket(port);
        var receiver = new Snmp(dispatcher(), mapping);
        receiver.addCommandResponder(listener);
        mapping.listen();
        return receiver;
    }

    private MessageDispatcherImpl dispatcher() {
        var dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv1());
        dispatcher.addMessageProcessingModel(new MPv2c());
        dispatcher.addMessageProcessingModel(new MPv3(
                users.getLocalEngineID().getValue(), null, credentials.protocols(), models, new CounterSupport()));
        return dispatcher;
    }

    /**
     * Where an agent is, and as whom it is asked. Of SNMPv3 the agent is asked for its name first, which its keys are made from.
     *
     * @throws NoAnswerException when it does not tell its name
     */
    Target<UdpAddress> target(UdpAddress address, SnmpParameters parameters) throws IOException {
        Target<UdpAddress> target = parameters.version() == Version.V3
                ? userTarget(address, parameters)
                : new CommunityTarget<>(address, octets(parameters.name()));
        target.setVersion(
                switch (parameters.version()) {
                    case V1 -> SnmpConstants.version1;
                    case V2C -> SnmpConstants.version2c;
                    case V3 -> SnmpConstants.version3;
                });
        target.setTimeout(parameters.timeout().toMillis());
        target.setRetries(parameters.retries());
        return target;
    }

    private Target<UdpAddress> userTarget(UdpAddress address, SnmpParameters parameters) throws IOException {
        byte[] id = null;
        for (int i = 0; i <= parameters.retries() && id == null; i++) {
            id = snmp.discoverAuthoritativeEngineID(
                    address, parameters.timeout().toMillis());
            if (Thread.interrupted()) throw new InterruptedIOException(address + ": interrupted");
        }
        if (id == null) throw silence(parameters.timeout(), parameters.retries());
        credentials.add(users, id, parameters);
        int level = parameters.authentication().isEmpty()
                ? SecurityLevel.NOAUTH_NOPRIV
                : parameters.privacy().isEmpty() ? SecurityLevel.AUTH_NOPRIV : SecurityLevel.AUTH_PRIV;
        return new UserTarget<>(address, octets(parameters.name()), id, level);
    }

    /** Forgets an agent's name and clock, for it may have become another. */
    void forget(Target<UdpAddress> target) {
        if (!(target instanceof UserTarget<UdpAddress> user)) return;
        users.removeEngineTime(new OctetString(user.getAuthoritativeEngineID()));
        if (snmp.getMessageProcessingModel(MPv3.ID) instanceof MPv3 model) model.removeEngineID(target.getAddress());
    }

    /** The OID of this text. Agents of one kind are asked for the same ones, again and again. */
    OID oid(String text) {
        OID known = oids.get(text);
        if (known != null) return known;
        var oid = new OID(text);
        if (oids.size() < MOST_OIDS) oids.put(text, oid);
        return oid;
    }

    /** A request that was sent. Its answer is empty for silence. */
    final class Exchange implements ResponseListener {
        private final CompletableFuture<Optional<PDU>> answer = new CompletableFuture<>();
        private final PDU request;
        private final Target<UdpAddress> target;

        private Exchange(PDU request, Target<UdpAddress> target) {
            this.request = request;
            this.target = target;
        }

        CompletableFuture<Optional<PDU>> answer() {
            return answer;
        }

        @Override
        public <A extends Address> void onResponse(ResponseEvent<A> event) {
            snmp.cancel(event.getRequest() == null ? request : event.getRequest(), this);
            if (event.getError() != null) answer.completeExceptionally(new IOException(event.getError()));
            else answer.complete(Optional.ofNullable(event.getResponse()));
        }

        /** Ends it without an answer. Any thread. */
        void cancel() {
            snmp.cancel(request, this);
            answer.cancel(false);
        }

        /**
         * Waits for the answer.
         *
         * @throws NoAnswerException when none came in time
         */
        PDU await() throws IOException {
            int tries = target.getRetries() + 1;
            try {
                return answer.get(2L * tries * target.getTimeout() + SLACK_MILLIS, TimeUnit.MILLISECONDS)
                        .orElseThrow(() -> silence(Duration.ofMillis(target.getTimeout()), target.getRetries()));
            } catch (InterruptedException e) {
                cancel();
                throw (InterruptedIOException)
                        new InterruptedIOException(target.getAddress() + ": interrupted").initCause(e);
            } catch (TimeoutException e) {
                cancel();
                throw silence(Duration.ofMillis(target.getTimeout()), target.getRetries());
            } catch (CancellationException e) {
                throw new IOException(target.getAddress() + ": is closed", e);
            } catch (ExecutionException e) {
                throw new IOException(target.getAddress() + ": cannot be asked: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Sends a request; returns at once.
     *
     * @param repetitions how many objects behind each one a GETBULK asks for; of no meaning to other requests
     */
    Exchange send(int type, List<VariableBinding> bindings, int repetitions, Target<UdpAddress> target)
            throws IOException {
        PDU request = target.getVersion() == SnmpConstants.version3 ? new ScopedPDU() : new PDU();
        request.setType(type);
        request.addAll(bindings);
        if (type == PDU.GETBULK) request.setMaxRepetitions(repetitions);
        var exchange = new Exchange(request, target);
        snmp.send(request, target, socket, null, exchange);
        return exchange;
    }

    @Override
    public void close() throws IOException {
        snmp.close();
    }

    private static NoAnswerException silence(Duration wait, int retries) {
        return new NoAnswerException(new byte[0], wait.multipliedBy(retries + 1L));
    }

    static OctetString octets(String text) {
        return new OctetString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
