package org.cobnut.testkit.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A slave of Modbus on a loopback port of its own. */
public final class ModbusTcpServer implements AutoCloseable {
    private final ServerSocket server;
    private final ModbusSlave slave;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;

    public ModbusTcpServer(ModbusSlave slave) throws IOException {
        this.slave = slave;
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** Whether it answers nothing from now on. */
    public void silent(boolean now) {
        silent = now;
    }

    /** Ends every connection, as a gateway that restarts. */
    public void drop() throws IOException {
        for (Socket client : clients) client.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        drop();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.setTcpNoDelay(true);
                clients.add(client);
                start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var in = new DataInputStream(client.getInputStream());
            while (true) {
                var header = new byte[7];
                in.readFully(header);
                var request = new byte[(ByteBuffer.wrap(header).getShort(4) & 0xffff) - 1];
                in.readFully(request);
                byte[] answer = slave.answer(request);
                ByteBuffer frame = ByteBuffer.allocate(header.length + answer.length)
                        .put(header)
                        .put(answer);
                frame.putShort(4, (short) (answer.length + 1));
                if (!silent) client.getOutputStream().write(frame.array());
            }
        } catch (IOException gone) {
            clients.remove(client);
        }
    }

    private static void start(Runnable run) {
        var thread = new Thread(run, "modbus-server");
        thread.setDaemon(true);
        thread.start();
    }
}
