package org.cobnut.scan.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each datagram on a port of 127.0.0.1 with datagrams of the test. */
final class UdpResponder implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile List<byte[]> answers = List.of();

    UdpResponder() throws IOException {
        var thread = new Thread(this::serve, "udp responder");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    void saying(String... texts) {
        var all = new ArrayList<byte[]>();
        for (String text : texts) all.add(text.getBytes(StandardCharsets.UTF_8));
        answers = all;
    }

    void saying(byte[] message) {
        answers = List.of(message);
    }

    List<String> heard() {
        return heard;
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[2000], 2000);
        while (!socket.isClosed()) {
            try {
                packet.setLength(2000);
                socket.receive(packet);
                heard.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
                for (byte[] answer : answers)
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
