package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
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
        servers.ours();
        assertThat(run("", call, servers, servers.debian())).isEqualTo(theirs(call, servers, servers.debian()));
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
        String[] words = Arrays.stream(call.split(" "))
                .map(word -> word.endsWith("@") ? server.ups(word.substring(0, word.length() - 1)) : word)
                .map(word -> word.equals("HOST") ? "127.0.0.1:" + server.port() : word)
                .toArray(String[]::new);
        words[0] = folder.isEmpty() ? CobnutServer.program(words[0]) : folder + words[0];
        House.Ran ran = servers.debian().house().run(words);
        String errors =
                ran.errors().lines().filter(line -> !line.contains("SSL")).reduce("", (all, line) -> all + line + '\n');
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
