package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped nut-scanner beside Debian's of NUT 2.8.0, over both servers; and nutctl scan. */
@ExtendWith(Servers.Resolver.class)
class NutScannerIT {
    /** A serial line whose far end answers Q1 and nothing else. Prints its path; ends with its input. */
    private static final String LINE = """
            import os, select, sys, tty
            master, slave = os.openpty()
            tty.setraw(slave)
            print(os.ttyname(slave), flush=True)
            heard = b""
            while True:
                ready = select.select([master, sys.stdin], [], [])[0]
                if sys.stdin in ready:
                    break
                heard += os.read(master, 64)
                if heard.endswith(b"Q1\\r"):
                    os.write(master, b"(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\\r")
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-O -s 127.0.0.1 -p PORT",
                "-q -O -s 127.0.0.1 -p PORT -N",
                "-q -O -m 127.0.0.1/32 -p PORT -P",
                "-O",
                "-O -m 127.0.0.1/0",
                "-O -s nonsense.invalid -p PORT",
            })
    void printsWhatDebiansPrintsOfBothServers(String line, Servers servers) throws IOException {
        for (Server server : List.of(servers.ours(), servers.debian())) {
            String[] words = line.replace("PORT", String.valueOf(server.port())).split(" ");
            House.Ran theirs = run(servers, "/usr/bin/nut-scanner", words);
            House.Ran ours = run(servers, CobnutServer.program("nut-scanner"), words);
            assertThat(ours.out()).isEqualTo(newer(theirs.out(), server.port()));
            assertThat(ours.errors()).isEqualTo(newer(theirs.errors(), server.port()));
            assertThat(ours.exit()).isEqualTo(theirs.exit());
        }
    }

    @Test
    void findsADeviceAtASerialLine(Servers servers) throws IOException {
        Process far = new ProcessBuilder("python3", "-c", LINE).start();
        try {
            String port = far.inputReader().readLine();
            House.Ran ours = run(servers, CobnutServer.program("nut-scanner"), "-q", "-P", "-E", port);
            assertThat(ours)
                    .isEqualTo(new House.Ran("EATON_SERIAL:driver=\"blazer_ser\",port=\"" + port + "\"\n", "", 0));
            // Theirs asks for XCP first, which takes a while.
            if (Boolean.getBoolean("cobnut.long"))
                assertThat(run(servers, "/usr/bin/nut-scanner", "-q", "-P", "-E", port))
                        .isEqualTo(ours);
        } finally {
            far.getOutputStream().close();
            House.end(far);
        }
    }

    /** The aim is 10 s, which a machine that does nothing else keeps; a second time-out would be more than the bound. */
    @ParameterizedTest
    @ValueSource(strings = {"-O", "-S"})
    void asksANetworkOfWhichNobodyAnswersWithinOneTimeOut(String kind, Servers servers) throws IOException {
        Assumptions.assumeTrue(Machine.possible(), "no name space for a network can be made here");
        String network =
                "ip link add v0 type veth peer name v1 && ip address add 10.99.0.1/24 dev v0 && ip link set v0 arp off up"
                        + " && ip link set v1 up && exec \"$@\"";
        long begin = System.nanoTime();
        House.Ran ran = run(
                servers,
                "unshare",
                "--net",
                "sh",
                "-c",
                network,
                "sh",
                CobnutServer.program("nut-scanner"),
                "-q",
                kind,
                "-m",
                "10.99.0.0/24");
        assertThat(ran).isEqualTo(new House.Ran("", "", 0));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(Boolean.getBoolean("cobnut.long") ? 10 : 30));
    }

    @Test
    void nutctlShowsSectionsOfWhatTheRunningOneFinds(Servers servers) throws IOException {
        String port = String.valueOf(servers.ours().port());
        House.Ran ran = nutctl(servers, "scan", "nut", "127.0.0.1-127.0.0.2", port);
        assertThat(ran.exit()).as(ran.toString()).isZero();
        assertThat(ran.out())
                .contains("\tdriver = \"dummy-ups\"\n\tport = \"alpha@127.0.0.1:" + port + "\"\n")
                .contains(" found.")
                .doesNotContain("no bundle here offers");
        assertThat(nutctl(servers, "scan").out()).contains("serial: devices on serial lines", "[nutdev-nutsim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan ipmi", "scan nut 127.0.0.1/99", "scan nut nonsense.invalid", "scan nut 127.0.0.1 0"})
    void nutctlNamesWhatCannotBeScanned(String line, Servers servers) throws IOException {
        House.Ran ran = nutctl(servers, line.split(" "));
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.errors()).matches("(?s).*(ipmi|127\\.0\\.0\\.1/99|nonsense\\.invalid|unexpected word \"0\").*");
    }

    private static House.Ran nutctl(Servers servers, String... words) throws IOException {
        return run(servers.ours().house(), CobnutServer.program("nutctl"), words);
    }

    private static House.Ran run(Servers servers, String program, String... words) throws IOException {
        return run(servers.debian().house(), program, words);
    }

    private static House.Ran run(House house, String program, String... words) throws IOException {
        String[] command = Arrays.copyOf(new String[] {program}, words.length + 1);
        System.arraycopy(words, 0, command, 1, words.length);
        return house.run(command);
    }

    /** The words of 2.8.0 as 2.8.5 says them. */
    private static String newer(String debian, int port) {
        return debian.replace("Init SSL without certificate database\n", "")
                .replaceAll("\\[nutdev(\\d+)\\]", "[nutdev-nut$1]")
                .replace("\"nutclient\"", "\"dummy-ups\"")
                .replaceAll("(port ?= ?\"[^\"]*@[^\"]*)\"", "$1:" + port + "\"")
                .replace(
                        "No start IP, skipping NUT bus (old ",
                        "No IP range(s) requested, skipping NUT bus (old libupsclient ")
                .replace("NUT bus (old connect", "NUT bus (old libupsclient connect")
                .replaceAll("(?m)^Invalid address", "WARNING: nutscan_ip_iter_init: Invalid address");
    }
}
