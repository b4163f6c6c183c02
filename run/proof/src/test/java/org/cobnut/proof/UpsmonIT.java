package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian's upsmon watches a device of ours as it watches one of theirs, up to the shutdown, which only writes a file. */
@ExtendWith(Servers.Resolver.class)
class UpsmonIT {
    private static final Path FILES = Path.of("src/test/resources/upsmon");

    /** One after the other: Debian's upsmon has one place for its process id, whatever the environment says. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void seesBatteryAndLineAndShutsDownWhenForced(boolean ours, Servers servers) throws Exception {
        Server debian = servers.debian();
        Server server = ours ? servers.ours() : debian;
        try (var house = new House(FILES, Map.of("SERVER", String.valueOf(server.port())))) {
            for (String file : List.of("notify", "upsmon.conf"))
                house.write(file, house.text(file), Map.of("DIR", house.dir.toString()));
            assertThat(house.dir.resolve("notify").toFile().setExecutable(true)).isTrue();
            Process upsmon = house.start("/lib/nut/upsmon", "-p", "-F", "-u", House.user());
            try {
                watches(server, house, upsmon);
            } finally {
                upsmon.destroy();
                House.end(upsmon);
            }
        }
    }

    private static void watches(Server server, House house, Process upsmon) throws Exception {
        House.waitFor(
                () -> house.text("notices").contains("ONBATT")
                        && house.text("notices").contains("ONLINE"),
                () -> server.name() + ": " + house.text("notices") + house.said());
        try (var connection = new Connection(server.port())) {
            assertThat(connection.ask("GET NUMLOGINS monitored")).isEqualTo("NUMLOGINS monitored 1\n");
            for (String word : List.of("USERNAME monitor", "PASSWORD monpass", "FSD monitored"))
                assertThat(connection.ask(word)).startsWith("OK");
            House.waitFor(
                    () -> house.text("down").equals("down\n"),
                    () -> server.name() + " was not shut down: " + house.text("notices") + house.said());
            assertThat(upsmon.waitFor(20, TimeUnit.SECONDS)).as("upsmon ends").isTrue();
            House.waitFor(
                    () -> house.text("notices").contains("SHUTDOWN"), () -> "no notice: " + house.text("notices"));
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
}
