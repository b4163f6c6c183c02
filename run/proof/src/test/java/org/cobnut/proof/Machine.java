package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A machine of its own as far as NUT can see: name spaces for its network and its mounts, with a /run of its own where
 * programs keep their process ids. It ends with whoever started it.
 */
final class Machine implements AutoCloseable {
    private static final String BOOT = "mount -t tmpfs tmpfs /run && mkdir /run/nut && ip link set lo up && echo up";

    final House house;
    private final Lan lan;
    private final Process init;
    private final String port;

    /** Plugs one in, at the address 10.77.0.NUMBER. */
    Machine(Lan lan, int number, Path files, Map<String, String> places) throws IOException {
        this.lan = lan;
        house = new House(files, places);
        init = boot("unshare", "--net", "--mount", "sh", "-c", BOOT + " && exec cat");
        port = "p" + number;
        String pid = String.valueOf(init.pid());
        lan.run("ip", "link", "add", "name", port, "type", "veth", "peer", "name", "eth0", "netns", pid);
        lan.run("ip", "link", "set", port, "master", "bridge", "up");
        run("ip", "address", "add", "10.77.0." + number + "/24", "dev", "eth0");
        run("ip", "link", "set", "eth0", "up");
    }

    /** Whether we may make any here. */
    static boolean possible() throws IOException {
        Process trial = new ProcessBuilder(
                        "unshare",
                        "--net",
                        "--mount",
                        "sh",
                        "-c",
                        BOOT
                                + " && ip link add name bridge type bridge && ip link add name one type veth peer name two")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return House.end(trial) == 0;
    }

    /** Starts a process that lasts as long as its input, and waits until it says that it is up. */
    static Process boot(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("up");
        return process;
    }

    /** Starts a program here; the process is the program's. */
    Process start(String... command) throws IOException {
        return house.start(here(command));
    }

    /** Runs a program here to its end, which must be a good one. */
    House.Ran run(String... command) throws IOException {
        House.Ran ran = house.run(here(command));
        assertThat(ran.exit())
                .as("%s: %s %s", List.of(command), ran, house.said())
                .isZero();
        return ran;
    }

    /** Pulls the cable. */
    void unplug() throws IOException {
        lan.run("ip", "link", "set", port, "down");
    }

    /** What runs that command here. */
    String[] here(String... command) {
        return inside(init, "--mount", command);
    }

    /** That command in the network of that process, and in more of what is its own. */
    private static String[] inside(Process init, String more, String... command) {
        var words = Stream.of("nsenter", "--target", String.valueOf(init.pid()), "--net", more);
        return Stream.concat(words.filter(word -> !word.isEmpty()), Stream.of(command))
                .toArray(String[]::new);
    }

    @Override
    public void close() throws IOException {
        init.getOutputStream().close();
        House.end(init);
        house.close();
    }

    /** The switch that machines are plugged into. */
    static final class Lan implements AutoCloseable {
        private final Process init = boot(
                "unshare",
                "--net",
                "sh",
                "-c",
                "ip link add name bridge type bridge && ip link set bridge up && echo up && exec cat");

        Lan() throws IOException {}

        private void run(String... command) throws IOException {
            Process process = new ProcessBuilder(inside(init, "", command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(House.end(process)).as("%s: %s", List.of(command), said).isZero();
        }

        @Override
        public void close() throws IOException {
            init.getOutputStream().close();
            House.end(init);
        }
    }
}
