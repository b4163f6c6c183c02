package org.cobnut.link.snmp.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.UdpAddress;

/**
 * Hears traps and informs at one UDP port. What they say is not looked at, for anybody can send one: the agent at the address
 * that it comes from is polled.
 */
final class Traps implements CommandResponder {
    private static final Logger log = LoggerFactory.getLogger(Traps.class);

    private final Set<AgentLink> links = ConcurrentHashMap.newKeySet();
    private final Snmp receiver;

    Traps(Engine engine, int port) throws IOException {
        receiver = engine.traps(port, this);
    }

    void add(AgentLink link) {
        links.add(link);
    }

    /** Returns whether nobody wants traps any more; then the port is closed. */
    boolean remove(AgentLink link) {
        links.remove(link);
        if (!links.isEmpty()) return false;
        SnmpLinks.close(receiver);
        return true;
    }

    @Override
    public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
        PDU pdu = event.getPDU();
        if (pdu == null) return;
        event.setProcessed(true);
        boolean told = pdu.getType() == PDU.V1TRAP || pdu.getType() == PDU.TRAP || pdu.getType() == PDU.INFORM;
        if (!told || !(event.getPeerAddress() instanceof UdpAddress peer)) return;
        if (pdu.getType() == PDU.INFORM) confirm(event, pdu);
        InetAddress from = peer.getInetAddress();
        for (AgentLink link : links) if (link.address().getInetAddress().equals(from)) link.trap();
    }

    private static <A extends Address> void confirm(CommandResponderEvent<A> event, PDU inform) {
        var answer = (PDU) inform.clone();
        answer.setType(PDU.RESPONSE);
        answer.setErrorStatus(PDU.noError);
        answer.setErrorIndex(0);
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
            log.debug("{}: its inform cannot be confirmed", event.getPeerAddress(), e);
        }
    }
}
