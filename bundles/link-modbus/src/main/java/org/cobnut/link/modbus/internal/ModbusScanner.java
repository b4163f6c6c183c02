package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.cobnut.link.modbus.ModbusParameters;
import org.cobnut.scan.AddressWalk;
import org.cobnut.scan.FoundDevice;
import org.cobnut.scan.ScanReport;
import org.cobnut.scan.ScanRequest;
import org.cobnut.scan.Scanner;
import org.osgi.service.component.annotations.Component;

/**
 * Finds devices that speak Modbus TCP: it connects to each address and reads a few registers, by which those are told apart that a
 * driver here knows. It writes nothing.
 */
@Component
public final class ModbusScanner implements Scanner {
    private static final String MODBUS = "modbus";
    private static final int PORT = 502;

    /** What a device takes to answer, at most: it was reached by then. */
    private static final Duration RESPONSE = Duration.ofMillis(500);

    @Override
    public String kind() {
        return MODBUS;
    }

    @Override
    public String description() {
        return "devices that speak Modbus TCP; needs addresses, and asks each of them at port " + PORT
                + " unless told another";
    }

    @Override
    public void scan(ScanRequest request, ScanReport report) throws InterruptedException {
        AddressWalk.of(request, report, "Modbus devices", host -> new Probe(request, report, host));
    }

    /** The look at one address. */
    private static final class Probe implements AddressWalk.Question {
        private final ScanRequest request;
        private final ScanReport report;
        private final InetAddress host;
        private final SocketBytes bytes = new SocketBytes();

        Probe(ScanRequest request, ScanReport report, InetAddress host) {
            this.request = request;
            this.report = report;
            this.host = host;
        }

        @Override
        public void close() {
            bytes.close();
        }

        @Override
        public void ask() throws IOException {
            int port = request.tcpPort().orElse(PORT);
            bytes.connect(new InetSocketAddress(host, port), request.timeout());
            String name = host.getHostAddress();
            String bare = name.indexOf(':') < 0 ? name : "[" + name + "]";
            String at = port == PORT ? bare : bare + ":" + port;
            Duration wait = RESPONSE.compareTo(request.timeout()) < 0 ? RESPONSE : request.timeout();
            boolean answered = false;
            var codec = new TcpCodec();
            for (KnownDevices.Row row : KnownDevices.rows()) {
                var link = new FramedModbusLink(
                        bytes, codec, ModbusParameters.unit(row.unit()).response(wait), closed -> {});
                KnownDevices.Said said = KnownDevices.ask(row, link);
                if (said.description().isPresent()) {
                    report.found(FoundDevice.of(MODBUS, row.driver(), at)
                            .withDescription(said.description().get()));
                    return;
                }
                answered |= said.answered();
            }
            if (answered)
                report.found(FoundDevice.of(MODBUS, "generic_modbus", at)
                        .withDescription("speaks Modbus, and is no device that a driver here knows;"
                                + " if it is an I/O module, say at which registers the contacts of the UPS are"));
        }
    }
}
