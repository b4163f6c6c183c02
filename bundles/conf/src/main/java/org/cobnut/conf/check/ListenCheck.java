package org.cobnut.conf.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.schema.Directive;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.Fault;

/**
 * Finds addresses of LISTEN that upsd cannot bind: unknown names, addresses that this machine does not have, and ports
 * on which a program answers that is not upsd. Binds nothing itself, because upsd may be about to. Blocks while it
 * looks up names and waits for answers.
 */
public final class ListenCheck {
    private static final int PORT = 3493;
    private static final int MOST = 200;
    private static final int PATIENCE_MILLIS = 1_000;

    private ListenCheck() {}

    /** One warning for each line of upsd.conf that cannot be bound; none where no upsd runs. */
    public static List<Fault> of(DiskState diskState) {
        var faults = new ArrayList<Fault>();
        boolean client = diskState
                .of(Schema.NUT_CONF)
                .filter(conf -> "netclient".equals(conf.global().values().get("mode")))
                .isPresent();
        if (client || diskState.of(Schema.UPSD_CONF).isEmpty()) return faults;
        for (Directive listen : Directive.all(diskState.of(Schema.UPSD_CONF).get(), "LISTEN")) {
            String host = listen.words().get(0);
            int port =
                    listen.words().size() > 1 ? Integer.parseInt(listen.words().get(1)) : PORT;
            if (!host.equals("*"))
                fault(host, port)
                        .ifPresent(reason -> faults.add(Fault.warning(
                                Schema.UPSD_CONF.file(),
                                listen.line(),
                                "LISTEN %s %d cannot be bound: %s".formatted(host, port, reason))));
        }
        return faults;
    }

    private static Optional<String> fault(String host, int port) {
        try {
            InetAddress address = InetAddress.getAllByName(host)[0];
            boolean here = address.isAnyLocalAddress()
                    || (address.isLoopbackAddress() && address.getAddress().length == 4)
                    || NetworkInterface.getByInetAddress(address) != null;
            if (!here) return Optional.of("this machine has no such address");
            InetAddress peer = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
            return stranger(new InetSocketAddress(peer, port))
                    ? Optional.of("another program listens there")
                    : Optional.empty();
        } catch (UnknownHostException unknown) {
            return Optional.of("no address has this name");
        } catch (IOException silent) {
            return Optional.empty();
        }
    }

    /** Tells whether something listens there that does not speak as upsd does. */
    private static boolean stranger(InetSocketAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write("VER\n".getBytes(StandardCharsets.US_ASCII));
            return !answer(socket).contains("Network UPS Tools");
        }
    }

    private static String answer(Socket socket) {
        try {
            var line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\n' && line.length() < MOST;
                    c = socket.getInputStream().read()) line.append((char) c);
            return line.toString();
        } catch (IOException silent) {
            return "";
        }
    }
}
