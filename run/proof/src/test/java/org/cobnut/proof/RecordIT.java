package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A UPS on a serial line, recorded by the distribution and played again as a device that shows the same. */
class RecordIT {
    private static final Path UPS =
            Path.of("../../drivers-bundles/megatec/src/test/resources").toAbsolutePath();

    @Test
    void whatWasRecordedIsTheSameDeviceAgain() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        Path line = house.dir.resolve("tty");
        section(house, "line", "nutdrv_qx", line + "\nprotocol = megatec\nrecord = line.txt");
        Process ups = new ProcessBuilder(
                        "python3",
                        UPS.resolve("ups.py").toString(),
                        line.toString(),
                        UPS.resolve("dialects/megatec.txt").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var server = new CobnutServer(house)) {
            assertThat(server.name()).isEqualTo("ours");
            house.await("GET VAR line ups.status", "VAR line ups.status \"OL\"\n"::equals);
            House.waitFor(() -> house.text("line.txt").contains("> F\\r\n< #230.0"), house::said);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(house.dir.resolve("line.txt"))))
                    .isEqualTo("rw-r-----");
            assertThat(nutctl(house, "record", "line", "later.txt")).contains("recording line into");
            House.waitFor(() -> house.text("later.txt").contains("> Q1\\r\n< ("), house::said);
            assertThat(nutctl(house, "record", "line", "stop")).contains("later.txt is written");
            List<String> real = values(house, "line");
            Files.copy(house.dir.resolve("line.txt"), house.dir.resolve("played.txt"));
            House.end(destroyed(ups));
            section(house, "again", "replay", house.dir.resolve("played.txt").toString());
            house.await("GET VAR again ups.status", "VAR again ups.status \"OL\"\n"::equals);
            House.waitFor(() -> values(house, "again").equals(real), () -> values(house, "again") + "\n" + real);
            assertThat(real).hasSizeGreaterThan(10);
        } finally {
            House.end(destroyed(ups));
        }
    }

    @Test
    void drivesAndRecordsAUpsBehindASerialServer() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        var house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        try (var listener = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            var ups = new Thread(() -> answer(listener), "ups");
            ups.setDaemon(true);
            ups.start();
            String port = "tcp:127.0.0.1:" + listener.getLocalPort();
            section(house, "rack", "nutdrv_qx", port + "\nprotocol = q1\nrecord = rack.txt");
            try (var server = new CobnutServer(house)) {
                assertThat(server.name()).isEqualTo("ours");
                house.await("GET VAR rack input.voltage", "VAR rack input.voltage \"229.9\"\n"::equals);
                House.waitFor(() -> house.text("rack.txt").contains("> Q1\\r\n< (229.9"), house::said);
            }
        }
    }

    /** Is a UPS that knows Q1 alone, on one connection after the other. */
    private static void answer(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (var socket = listener.accept();
                    var questions = new Scanner(socket.getInputStream(), StandardCharsets.US_ASCII)) {
                questions.useDelimiter("\r");
                while (questions.hasNext())
                    if (questions.next().equals("Q1"))
                        socket.getOutputStream()
                                .write("(229.9 000.0 229.9 010 50.0 27.3 25.0 00001000\r"
                                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException gone) {
                // The next connection comes, or the test is over.
            }
        }
    }

    private static Process destroyed(Process process) {
        process.destroy();
        return process;
    }

    private static void section(House house, String name, String driver, String port) throws IOException {
        house.write(
                "ups.conf",
                "pollinterval = 1\n[" + name + "]\ndriver = " + driver + "\nport = " + port + "\n",
                Map.of());
    }

    /** What the device itself has said. */
    private static List<String> values(House house, String ups) {
        return house.ask("LIST VAR " + ups)
                .lines()
                .filter(row -> row.startsWith("VAR "))
                .map(row -> row.substring(("VAR " + ups + " ").length()))
                .filter(row -> !row.startsWith("driver."))
                .collect(Collectors.toList());
    }

    private static String nutctl(House house, String... words) throws IOException {
        String[] command = new String[words.length + 1];
        command[0] = CobnutServer.program("nutctl");
        System.arraycopy(words, 0, command, 1, words.length);
        House.Ran ran = house.run(command);
        assertThat(ran.exit()).as(ran.errors()).isZero();
        return ran.out();
    }
}
