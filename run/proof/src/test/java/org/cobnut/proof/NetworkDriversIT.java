package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.cobnut.testkit.modbus.ModbusSlave;
import org.cobnut.testkit.modbus.ModbusSlave.Table;
import org.cobnut.testkit.modbus.ModbusTcpServer;
import org.junit.jupiter.api.Test;

/** Devices of the network in the distribution: drivers, mapping files and links fit together. */
class NetworkDriversIT {
    @Test
    void readsDevicesOverNisModbusAndHttp() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        var contacts = new ModbusSlave().with(Table.DISCRETE, 1, 0).with(Table.COIL, 9, 0);
        var cabinet = new ModbusSlave().with(Table.HOLDING, 0, new int[126]).with(Table.HOLDING, 7, 27_100);
        HttpServer card = card();
        try (var nis = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var module = new ModbusTcpServer(contacts);
                var charger = new ModbusTcpServer(cabinet)) {
            start(nis);
            house.write(
                    "ups.conf",
                    """
                    pollinterval = 1
                    [nas]
                    driver = apcupsd-ups
                    port = 127.0.0.1:%d
                    [plant]
                    driver = generic_modbus
                    port = 127.0.0.1:%d
                    OL_addr = 1
                    FSD_addr = 9
                    [cabinet]
                    driver = adelsystem_cbi
                    port = 127.0.0.1:%d
                    [rack]
                    driver = netxml-ups
                    port = http://127.0.0.1:%d
                    """.formatted(
                                    nis.getLocalPort(),
                                    module.port(),
                                    charger.port(),
                                    card.getAddress().getPort()),
                    Map.of());
            try (var server = new CobnutServer(house)) {
                assertThat(server.name()).isEqualTo("ours");
                house.await("GET VAR nas ups.status", "VAR nas ups.status \"OL\"\n"::equals);
                house.await("GET VAR plant ups.status", "VAR plant ups.status \"OB DISCHRG\"\n"::equals);
                house.await("GET VAR cabinet battery.voltage", "VAR cabinet battery.voltage \"27.10\"\n"::equals);
                house.await("GET VAR rack ups.status", "VAR rack ups.status \"OL\"\n"::equals);
                contacts.with(Table.DISCRETE, 1, 1);
                house.await("GET VAR plant ups.status", "VAR plant ups.status \"OL\"\n"::equals);
                charger.drop();
                cabinet.with(Table.HOLDING, 7, 26_000);
                house.await("GET VAR cabinet battery.voltage", "VAR cabinet battery.voltage \"26.00\"\n"::equals);
            }
        } finally {
            card.stop(0);
        }
    }

    private static HttpServer card() throws IOException {
        Map<String, String> pages = Map.of(
                "/product.xml",
                "<PRODUCT_INFO><SUMMARY><XML_SUMMARY_PAGE url=\"upsprop.xml\"/></SUMMARY></PRODUCT_INFO>",
                "/upsprop.xml",
                "<SUMMARY><OBJECT name=\"UPS.PowerSummary.PresentStatus.ACPresent\">1</OBJECT></SUMMARY>");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page =
                    pages.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page.length == 0 ? 404 : 200, page.length == 0 ? -1 : page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void start(ServerSocket nis) {
        String status = "STATUS : ONLINE\nLINEV : 230.0 Volts\nBATTV : 27.1 Volts\n"
                .lines()
                .map(line -> "\0" + (char) line.length() + line)
                .collect(Collectors.joining("", "", "\0\0"));
        var serving = new Thread(() -> {
            while (!nis.isClosed()) {
                try (Socket client = nis.accept()) {
                    while (client.getInputStream().readNBytes(8).length == 8)
                        client.getOutputStream().write(status.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException ended) {
                    if (!nis.isClosed()) throw new UncheckedIOException(ended);
                }
            }
        });
        serving.setDaemon(true);
        serving.start();
    }
}
