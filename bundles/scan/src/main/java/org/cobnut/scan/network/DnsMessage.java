package org.cobnut.scan.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The question for NUT servers, and what an answer to it says: messages of DNS (RFC 1035, 4), as far as that needs them. */
final class DnsMessage {
    private static final String SERVICE = "_nut._tcp.local";
    private static final int HEADER = 12;
    private static final int IN = 1;
    private static final int A = 1;
    private static final int PTR = 12;
    private static final int AAAA = 28;
    private static final int SRV = 33;

    /** Names point to earlier ones, and in a bad message to themselves. */
    private static final int MOST_POINTERS = 16;

    private static final int MOST_RECORDS = 500;
    private static final int LONGEST_NAME = 255;

    private final ByteBuffer message;
    private final Set<String> instances = new LinkedHashSet<>();
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, InetAddress> addresses = new HashMap<>();

    private DnsMessage(byte[] bytes) {
        message = ByteBuffer.wrap(bytes);
    }

    /** Where an instance is. */
    private record Service(String host, int port) {}

    /** Asks which instances there are. */
    static byte[] question() {
        ByteBuffer question = ByteBuffer.allocate(HEADER + SERVICE.length() + 6);
        question.putShort(0, (short) 0).putShort(4, (short) 1).position(HEADER);
        for (String label : SERVICE.split("\\."))
            question.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        return question.put((byte) 0).putShort((short) PTR).putShort((short) IN).array();
    }

    /**
     * The servers that an answer names.
     *
     * @param sender whoever sent it, which is the server when the answer has no address of it
     */
    static List<InetSocketAddress> servers(byte[] bytes, InetAddress sender) {
        var answer = new DnsMessage(bytes);
        try {
            answer.read();
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | UnknownHostException cut) {
            return List.of();
        }
        var servers = new ArrayList<InetSocketAddress>();
        for (String instance : answer.instances) {
            Optional<Service> service = Optional.ofNullable(answer.services.get(instance));
            int port = service.map(Service::port).orElse(ServerProbe.PORT);
            InetAddress address =
                    service.map(there -> answer.addresses.get(there.host())).orElse(sender);
            if (port > 0) servers.add(new InetSocketAddress(address, port));
        }
        return servers;
    }

    private void read() throws UnknownHostException {
        int questions = message.getShort(4) & 0xffff;
        int records = (message.getShort(6) & 0xffff) + (message.getShort(8) & 0xffff) + (message.getShort(10) & 0xffff);
        if (message.getShort(2) >= 0 || questions + records > MOST_RECORDS) return; // no answer, or too much of it
        message.position(HEADER);
        for (int i = 0; i < questions; i++) {
            name();
            message.getInt();
        }
        for (int i = 0; i < records; i++) record();
    }

    private void record() throws UnknownHostException {
        String name = name();
        int type = message.getShort() & 0xffff;
        message.getShort(); // class, with a bit for caches
        message.getInt(); // how long it counts
        int end = (message.getShort() & 0xffff) + message.position();
        switch (type) {
            case PTR -> {
                if (name.equals(SERVICE)) instances.add(name());
            }
            case SRV -> {
                message.getInt(); // priority and weight
                int port = message.getShort() & 0xffff;
                services.put(name, new Service(name(), port));
            }
            case A, AAAA -> {
                var address = new byte[type == A ? 4 : 16];
                message.get(address);
                InetAddress found = InetAddress.getByAddress(address);
                if (type == A) addresses.put(name, found);
                else if (!found.isLinkLocalAddress()) addresses.putIfAbsent(name, found);
            }
            default -> {}
        }
        message.position(end);
    }

    /** The name that stands here, in lower case; what follows it is next then. */
    private String name() {
        var name = new StringBuilder();
        int back = -1;
        for (int pointers = 0; ; ) {
            int length = message.get() & 0xff;
            if (length == 0) break;
            if (length >= 0xc0) {
                int to = (length & 0x3f) << 8 | (message.get() & 0xff);
                if (back < 0) back = message.position();
                if (++pointers > MOST_POINTERS) throw new IllegalArgumentException("a name without an end");
                message.position(to);
                continue;
            }
            var label = new byte[length];
            message.get(label);
            if (name.length() > 0) name.append('.');
            name.append(new String(label, StandardCharsets.UTF_8));
            if (name.length() > LONGEST_NAME) throw new IllegalArgumentException("a name that is too long");
        }
        if (back >= 0) message.position(back);
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
