package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Debian's upsmon watches a device of ours as it watches one of theirs, up to the shutdown, which only writes a file. */
@ExtendWith(Servers.Resolver.class)
class UpsmonIT {
    private static final Path FILES = Path.of("src/test/resources/upsmon");

    @Test
    void seesBatteryAndLineAndShutsDownWhenForced(Servers servers) throws Exception {
        var watched = new LinkedHashMap<Server, House>();
        Map<Server, Process> running = new LinkedHashMap<>();
        servers.debian();
        try {
            for (Server server : List.of(servers.ours(), servers.debian())) {
                var house = new House(FILES, Map.of("SERVER", String.valueOf(server.port())));
                house.write("notify", Files.readString(FILES.resolve("notify")), Map.of("DIR", house.dir.toString()));
                house.write(
                        "upsmon.conf",
                        Files.readString(FILES.resolve("upsmon.conf")),
                        Map.of("DIR", house.dir.toString(), "SERVER", String.valueOf(server.port())));
                assertThat(house.dir.resolve("notify").toFile().setExecutable(true))
                        .isTrue();
                watched.put(server, house);
                running.put(server, house.start("/sbin/upsmon", "-p", "-F", "-u", House.user()));
            }
            for (Server server : watched.keySet()) watches(server, watched.get(server), running.get(server));
        } finally {
            running.values().forEach(Process::destroy);
            running.values().forEach(House::end);
            for (House house : watched.values()) house.close();
        }
    }

    private static void watches(Server server, House house, Process upsmon) throws Exception {
        Path notices = house.dir.resolve("notices");
        House.waitFor(
                () -> said(notices).contains("ONBATT") && said(notices).contains("ONLINE"),
                () -> server.name() + ": " + said(notices) + house.said());
        try (var connection = new Connection(server.port())) {
            assertThat(connection.ask("GET NUMLOGINS monitored")).isEqualTo("NUMLOGINS monitored 1\n");
            for (String word : List.of("USERNAME monitor", "PASSWORD monpass", "FSD monitored"))
                assertThat(connection.ask(word)).startsWith("OK");
            House.waitFor(
                    () -> said(house.dir.resolve("down")).equals("down\n"),
                    () -> server.name() + " was not shut down: " + said(notices) + house.said());
            assertThat(upsmon.waitFor(20, TimeUnit.SECONDS)).as("upsmon ends").isTrue();
            assertThat(said(notices)).contains("SHUTDOWN");
            House.waitFor(() -> noLogins(connection), () -> server.name() + " still counts upsmon's login");
        }
    }

    private static boolean noLogins(Connection connection) {
        try {
            return connection.ask("GET NUMLOGINS monitored").equals("NUMLOGINS monitored 0\n");
        } catch (IOException e) {
            return false;
        }
    }

    private static String said(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException notYet) {
            return "";
        }
    }
}
