package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Reloads of the distribution over files as the field has them: what is refused, what counts, and by which exit code it shows. */
@EnabledIf("built")
@Timeout(180)
class ReloadIT {
    private static final Path HOME = Path.of(System.getProperty("cobnut.distribution", "../../target/cobnut"))
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path directory;

    private Path etc;
    private Path state;
    private int port;

    static boolean built() {
        return CobnutServer.built();
    }

    /** How a program ended, and all that it said. */
    private record Ended(int code, String text) {}

    private void files() throws IOException {
        etc = Files.createDirectory(directory.resolve("etc"));
        state = Files.createDirectory(
                directory.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        try (var socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        write("nut.conf", "MODE=netserver\n");
        write("a.dev", "ups.status: OL\n");
        write("ups.conf", "[a]\ndriver = dummy-ups\nport = a.dev\n[a]\ndesc = twice\npollinterval = 1s\n");
        write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nLISTEN localhost " + port + "\n");
        write("upsd.users", "[mon]\npassword = pw\nupsmon primary\nadmin master\n");
        write(
                "upsmon.conf",
                "MONITOR a@localhost:" + port + " 1 mon wrong primary\nSHUTDOWNCMD /nosuch/shutdown\n"
                        + "NOTIFYFLAG ONBATT SYSLOG+WALLi+EXEC\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(etc.resolve(name), text);
    }

    private ProcessBuilder program(Path log, String... words) throws IOException {
        var builder = new ProcessBuilder(words);
        builder.environment().put("NUT_CONFPATH", etc.toString());
        builder.environment().put("NUT_STATEPATH", state.toString());
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).directory(directory.toFile());
    }

    private Ended run(String... words) throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "said", ".txt");
        Process process = program(log, words).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(words[0]).isTrue();
        return new Ended(process.exitValue(), Files.readString(log));
    }

    private Ended nutctl(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(HOME.resolve("bin/nutctl").toString()));
        all.addAll(List.of(words));
        return run(all.toArray(String[]::new));
    }

    private void await(Process process, Path log, String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(log, StandardCharsets.UTF_8).contains(text)) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as(Files.readString(log))
                    .isTrue();
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void refusesWhatIsNewAndSaysSoByItsExitCode() throws Exception {
        files();
        Path log = directory.resolve("log");
        Process process =
                program(log, HOME.resolve("bin/cobnut").toString(), "run").start();
        try {
            await(process, log, "listening on");
            await(process, log, "upsmon.conf:2: SHUTDOWNCMD cannot run: /nosuch/shutdown is not there");
            assertThat(Files.readString(log))
                    .contains("upsmon.conf:3: NOTIFYFLAG wants SYSLOG, WALL, EXEC or IGNORE, joined by +, not 'WALLi'")
                    .contains("upsmon.conf:1: MONITOR a@localhost:" + port + ": its password is not")
                    .containsPattern("(?m)^\\d{4}-\\d\\d-\\d\\dT\\S+ WARN  cobnut: upsmon.conf")
                    .doesNotContain("wrong");
            Ended checked = nutctl("config", "check");
            assertThat(checked.text)
                    .contains("upsd.users:4: KEY = VALUE is wanted")
                    .contains("/nosuch/shutdown is not there")
                    .contains("ups.conf:4: section [a] stands already on line 1; both count");
            assertThat(checked.code).isEqualTo(1);
            assertThat(nutctl("reload")).as("with an old fault").isEqualTo(new Ended(0, "done\n"));

            Files.writeString(
                    etc.resolve("ups.conf"), Files.readString(etc.resolve("ups.conf")) + "[b]\ndriver = dummy-ups\n");
            Files.writeString(
                    etc.resolve("upsd.users"), Files.readString(etc.resolve("upsd.users")) + "[new]\npassword = x\n");
            Ended refused = nutctl("reload");
            assertThat(refused.code).isEqualTo(1);
            assertThat(refused.text)
                    .contains("ups.conf:7: section [b] has no port")
                    .doesNotContain("upsd.users");
            assertThat(nutctl("config").text).contains("cobnut.user~new").doesNotContain("cobnut.ups~b");
            Ended unit = run(HOME.resolve("lib/reload").toString(), "upsd", String.valueOf(process.pid()));
            assertThat(unit.code).isEqualTo(1);
            assertThat(unit.text).contains("ups.conf:7: section [b] has no port");

            Files.writeString(etc.resolve("ups.conf"), Files.readString(etc.resolve("ups.conf")) + "port = a.dev\n");
            assertThat(run(HOME.resolve("lib/reload").toString(), "upsd", String.valueOf(process.pid())))
                    .isEqualTo(new Ended(0, ""));
            assertThat(nutctl("config").text).contains("cobnut.ups~b");
            assertThat(nutctl("config", "cobnut.upsd", "nosuchkey", "x").code).isEqualTo(1);

            write("upsd.conf", "LISTEN 127.0.0.1 " + port + "\nLISTEN 192.0.2.1 " + port + "\n");
            Ended unbound = nutctl("reload");
            assertThat(unbound.code).isEqualTo(1);
            assertThat(unbound.text).contains("upsd.conf:2: LISTEN 192.0.2.1");
            assertThat(nutctl("config", "diff").text).contains("upsd.conf:2: LISTEN 192.0.2.1");
            assertThat(nutctl("config", "check").text).contains("upsd.conf:2: LISTEN 192.0.2.1");
        } finally {
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(log)).contains("cobnut ends").contains("mended: section [b] has no port");
    }
}
