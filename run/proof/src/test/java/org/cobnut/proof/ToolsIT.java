package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Debian's programs cannot tell our server from theirs, and ours print what theirs print. */
@ExtendWith(Servers.Resolver.class)
class ToolsIT {
    /** What is called, NAME@ standing for a UPS of the server and HOST for the server; one after the other. */
    private static final String CALLS = """
            upsc alpha@
            upsc Beta@
            upsc ALPHA@
            upsc login2@
            upsc nothere@
            upsc gone@
            upsc stale@
            upsc alpha@ ups.status
            upsc alpha@ UPS.Status
            upsc alpha@ ups.serial
            upsc alpha@ experimental.note
            upsc alpha@ battery.nothere
            upsc nothere@ ups.status
            upsc gone@ ups.status
            upsc stale@ ups.status
            upsc -l HOST
            upsc -L HOST
            upsc -c alpha@
            upsc -c gone@
            upsc -c nothere@
            upscmd -l alpha@
            upscmd -l gone@
            upscmd -l nothere@
            upscmd -u admin -p s3cret alpha@ load.off
            upscmd -u admin -p s3cret alpha@ load.off 5
            upscmd -u admin -p wrong alpha@ load.off
            upscmd -u beeper -p x alpha@ load.off
            upscmd -u admin -p s3cret alpha@ load.nothere
            upscmd -u admin -p s3cret gone@ load.off
            upscmd -u admin -p s3cret stale@ load.off
            upscmd -u admin -p s3cret -w alpha@ load.off
            upsrw alpha@
            upsrw -l Beta@
            upsrw gone@
            upsrw nothere@
            upsrw -s ups.id=new -u setter -p setpass rw@
            upsrw -s ups.id=before -u setter -p setpass -w rw@
            upsrw -s battery.charge.low=abc -u setter -p setpass -w rw@
            upsrw -s battery.charge.low=20 -u setter -p setpass -w rw@
            upsrw -s ups.id=12345678901234567 -u setter -p setpass rw@
            upsrw -s device.type=pdu -u setter -p setpass rw@
            upsrw -s ups.nothere=1 -u setter -p setpass rw@
            upsrw -s ups.id=new -u setter -p wrong rw@
            upsrw -s ups.id=new -u monitor -p monpass rw@
            upsrw -s ups.id=new -u setter -p setpass gone@
            """;

    private static Stream<String> calls() {
        return CALLS.lines();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theirsSayTheSameOfBothServers(String call, Servers servers) throws IOException {
        assertThat(ownAside(theirs(call, servers, servers.ours())))
                .isEqualTo(ownAside(theirs(call, servers, servers.debian())));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void oursSayWhatTheirsSay(String call, Servers servers) throws IOException {
        for (Server server : List.of(servers.ours(), servers.debian()))
            assertThat(run("", call, servers, server)).isEqualTo(theirs(call, servers, server));
    }

    @Test
    void oursTakeFromNutauthConfWhoTheyAre(Servers servers) throws IOException {
        Server server = servers.ours();
        House house = servers.debian().house();
        house.write(
                "nutauth.conf",
                "USER = nobody\n[@127.0.0.1:" + server.port() + "]\nUSER = setter\nPASS = setpass\n[admin@127.0.0.1:"
                        + server.port() + "]\nPASS = s3cret\n",
                Map.of());
        house.write("forced.conf", "FORCESSL = on\n", Map.of());
        house.write("broken.conf", "# x\nPASS s3cret\n", Map.of());
        for (String file : List.of("nutauth.conf", "forced.conf", "broken.conf"))
            Files.setPosixFilePermissions(house.dir.resolve(file), PosixFilePermissions.fromString("rw-------"));
        String set = "upsrw %s -s ups.id=before rw@";
        String run = "upscmd %s alpha@ load.off";
        assertThat(run("", set.formatted("-A nutauth.conf"), servers, server))
                .isEqualTo(run("", set.formatted("-u setter -p setpass"), servers, server))
                .endsWith("-- exit 0");
        // The file of the configuration directory is found without -A.
        assertThat(run("", run.formatted("-u admin"), servers, server))
                .isEqualTo(run("", run.formatted("-u admin -p s3cret"), servers, server));
        assertThat(run("", run.formatted(""), servers, server))
                .contains("ACCESS-DENIED")
                .endsWith("-- exit 1");
        assertThat(run("", run.formatted("-A none"), servers, server))
                .contains("Username (")
                .endsWith("-- exit 1");
        assertThat(run("", "upsc -A forced.conf alpha@ ups.status", servers, server))
                .contains("SSL is not available")
                .endsWith("-- exit 1");
        assertThat(run("", "upsc -A broken.conf alpha@ ups.status", servers, server))
                .contains("broken.conf:2: KEY = VALUE is wanted")
                .doesNotContain("s3cret")
                .endsWith("-- exit 1");
        assertThat(run("", "upsc -A no-such.conf alpha@", servers, server))
                .contains("no-such.conf: cannot be read: no such file")
                .endsWith("-- exit 1");
        Files.delete(house.dir.resolve("nutauth.conf"));
    }

    @Test
    void theirPythonClientSaysTheSameOfBothServers(Servers servers) throws IOException {
        Assumptions.assumeTrue(
                python(servers, servers.ours(), "import PyNUT").exit() == 0, "python3-nut is not installed");
        String script = """
                import PyNUT, sys
                nut = PyNUT.PyNUTClient(host='127.0.0.1', port=int(sys.argv[1]), login='everything', password='every')
                def show(what):
                    for name in sorted(what) if isinstance(what, dict) else [what]:
                        if not name.startswith(b'driver.') and name not in (b'shutdown.default', b'device.serial'):
                            print(name, what[name] if isinstance(what, dict) else '')
                show(nut.GetUPSVars('Beta'))
                print(sorted(name for name in nut.GetUPSCommands('alpha') if name == b'load.off'))
                show(nut.GetRWVars('Beta'))
                print(nut.SetRWVar('rw', 'ups.id', 'before'))
                print(nut.RunUPSCommand('alpha', 'load.off'))
                for ask in (nut.GetUPSList, lambda: nut.GetUPSVars('alpha'), lambda: nut.GetUPSVars('nothere'), lambda: nut.GetUPSVars('gone')):
                    try:
                        show(ask())
                    except Exception as e:
                        print(e)
                """;
        House.Ran ours = python(servers, servers.ours(), script);
        assertThat(ours.errors()).doesNotContain("Traceback");
        assertThat(ours.out()).contains("Filbert", "load.off", "UNKNOWN-UPS");
        assertThat(ours.out())
                .isEqualTo(python(servers, servers.debian(), script).out());
    }

    private static House.Ran python(Servers servers, Server server, String script) throws IOException {
        return servers.debian()
                .house()
                .run("/usr/bin/python3", "-W", "ignore", "-c", script, String.valueOf(server.port()));
    }

    private static String theirs(String call, Servers servers, Server server) throws IOException {
        return run("/usr/bin/", call, servers, server);
    }

    /** What a program says and how it ends. */
    private static String run(String folder, String call, Servers servers, Server server) throws IOException {
        String[] words = Arrays.stream(call.trim().split(" +"))
                .map(word -> word.endsWith("@") ? server.ups(word.substring(0, word.length() - 1)) : word)
                .map(word -> word.equals("HOST") ? "127.0.0.1:" + server.port() : word)
                .toArray(String[]::new);
        words[0] = folder.isEmpty() ? CobnutServer.program(words[0]) : folder + words[0];
        House.Ran ran = servers.debian().house().run(words);
        String errors = ran.errors()
                .lines()
                .filter(line -> !line.contains("SSL ") || line.startsWith("Error: "))
                .reduce("", (all, line) -> all + line + '\n');
        return ran.out() + "-- errors\n" + errors + "-- exit " + ran.exit();
    }

    /**
     * Without what is each server's own: the driver's variables and commands, the texts of descriptions; and without the
     * differences called device-copy-escapes and empty-desc.
     */
    private static String ownAside(String said) {
        return said.replaceAll("(?m)^(device\\.serial|login2): .*\\n", "")
                .replaceAll("(?m)^(\\[?driver\\.|shutdown\\.default)[^\\n]*\\n((?<=\\]\\n)([^\\n]+\\n)*\\n?)?", "")
                .replaceAll("(?m)^(\\S+ - ).*", "$1...")
                .replaceAll("(?m)^(\\[[^]]+\\]\\n).*", "$1...");
    }
}
