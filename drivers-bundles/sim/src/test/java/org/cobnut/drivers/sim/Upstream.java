package org.cobnut.drivers.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.client.Address;
import org.cobnut.client.Connection;
import org.cobnut.client.NutException;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.TestLinks;

/** Debian's upsd with one device, "one", whose file a test may edit; and our repeater of it. */
final class Upstream implements AutoCloseable {
    static final String DEVICE =
            "ups.status: OB LB\nbattery.charge: 20\nups.serial: a \\\"b\\\" \\\\ \\#\nups.alarm: Hot!\n";

    private final Debian debian;
    private Address server;
    final Path file;

    Upstream(Path folder) throws IOException {
        debian = new Debian(folder);
        file = Files.writeString(folder.resolve("one.seq"), DEVICE);
        debian.driver("one", file);
        server = debian.server();
        Debian.until(() -> {
            try (var connection = client()) {
                return connection.ups("one").get("battery.charge").equals("20");
            } catch (NutException notYet) {
                return false;
            }
        });
    }

    Connection client() throws IOException {
        return Connection.open(server);
    }

    Session open(String ups, Map<String, String> values) throws IOException {
        var driver = new DummyUps();
        return driver.open(
                Settings.of("rep", ups + "@127.0.0.1:" + server.port(), driver.options(), values),
                new TestLinks(Path.of("/")));
    }

    /** How nutauth.conf names the server. */
    String section() {
        return "@127.0.0.1:" + server.port();
    }

    void killDriver() {
        debian.kill(0);
    }

    void killServer() {
        debian.kill(1);
    }

    void restartServer() throws IOException {
        server = debian.server();
    }

    @Override
    public void close() {
        debian.close();
    }
}
