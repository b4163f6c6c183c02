package org.cobnut.link.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.SerialLink;
import org.cobnut.link.SerialParameters;
import org.cobnut.link.SerialParameters.Parity;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens serial lines by path or name, in raw mode and without flow control. An exclusive line is locked with flock, as
 * NUT's own drivers do on Linux, so that either side keeps the other out.
 */
@Component(
        property = {
            LinkProvider.KIND + "=org.cobnut.link.ByteLink",
            LinkProvider.KIND + "=org.cobnut.link.SerialLink",
            LinkProvider.SCHEME + "=" + LinkProvider.SERIAL
        })
public final class SerialLinks implements LinkProvider {
    /** What a port is set to when nobody says how. */
    private static final SerialParameters USUAL = SerialParameters.at(9600);

    private static final Logger log = LoggerFactory.getLogger(SerialLinks.class);

    private static final Map<Parity, Integer> PARITY = Map.of(
            Parity.NONE, SerialPort.NO_PARITY, Parity.ODD, SerialPort.ODD_PARITY, Parity.EVEN, SerialPort.EVEN_PARITY);

    private final Set<SerialPortLink> open = ConcurrentHashMap.newKeySet();

    private final PortWatcher watcher = new PortWatcher();

    /** Ports of which it has been said that they have no modem lines. */
    private final Set<String> unpowered = ConcurrentHashMap.newKeySet();

    @Override
    public SerialLink open(LinkRequest request) throws IOException {
        String port = request.port();
        SerialParameters parameters = request.parameters(SerialParameters.class).orElse(USUAL);
        boolean exclusive = parameters.exclusive() && !request.shared();
        if (port.startsWith("/") && !Files.exists(Path.of(port))) {
            watcher.await(request.ups(), Path.of(port), request::retry);
            throw new IOException(port + " does not exist");
        }
        SerialPort line = find(port);
        if (exclusive && !request.lease(LinkProvider.SERIAL + ":" + device(port)))
            throw new IOException(port + " is in use by another section of ups.conf");
        boolean configured = line.setComPortParameters(
                        parameters.speed(),
                        parameters.dataBits(),
                        parameters.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS,
                        PARITY.getOrDefault(parameters.parity(), SerialPort.NO_PARITY))
                && line.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED)
                && line.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SerialPortLink.SLICE_MILLIS, 0);
        if (!configured) throw new IOException(port + " cannot be set as asked");
        if (!exclusive) line.disableExclusiveLock();
        if (!line.openPort(0)) throw new IOException(refusal(port, line.getLastErrorCode()));
        raise(port, line, parameters);
        var link = new SerialPortLink(port, line, open::remove);
        open.add(link);
        return link;
    }

    /** The lines go with the bundle; whoever still reads one is told that it is closed. */
    @Deactivate
    void stop() {
        watcher.close();
        open.forEach(SerialPortLink::close);
    }

    /** The same name for a line however it is called: what a symbolic link leads to. */
    private static String device(String port) throws IOException {
        return port.startsWith("/") ? Path.of(port).toRealPath().toString() : port;
    }

    private static SerialPort find(String port) throws IOException {
        try {
            return SerialPort.getCommPort(port);
        } catch (SerialPortInvalidPortException e) {
            throw new IOException(port + " is no serial port", e);
        }
    }

    /** The library says no more than false for a lock that another holds, so what is left is told from the file. */
    private static String refusal(String port, int code) {
        Path path = Path.of(port);
        if (port.startsWith("/") && !(Files.isReadable(path) && Files.isWritable(path)))
            return port + " may not be opened for reading and writing by this user";
        return port + " cannot be opened: another program holds it, or it is no serial port (error " + code + ")";
    }

    private void raise(String port, SerialPort line, SerialParameters parameters) {
        boolean dtr = parameters.dtr() ? line.setDTR() : line.clearDTR();
        boolean rts = parameters.rts() ? line.setRTS() : line.clearRTS();
        if (dtr && rts) unpowered.remove(port);
        else if (unpowered.add(port))
            log.warn("{}: modem lines DTR and RTS cannot be set; a UPS powered by them stays dumb", port);
    }
}
