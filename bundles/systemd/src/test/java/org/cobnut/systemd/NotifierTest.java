package org.cobnut.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's datagram socket in the place of systemd's. */
class NotifierTest {
    private static final String LISTENER = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            name = sys.argv[1]
            s.bind('\\0' + name[1:] if name[0] == '@' else name)
            print('bound', flush=True)
            while True:
                print(repr(s.recv(8192).decode()), flush=True)
            """;

    private static final String DEAF = """
            import socket, sys, time
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print('bound', flush=True)
            time.sleep(60)
            """;

    @TempDir
    private Path dir;

    @Test
    void reachesASocketInADirectory() throws Exception {
        hears(dir.resolve("notify").toString());
    }

    @Test
    void reachesAnAbstractSocket() throws Exception {
        hears("@cobnut-test-" + ProcessHandle.current().pid());
    }

    @Test
    void saysNothingWithoutOne() throws IOException {
        var nobody = new Notifier(Optional.empty());
        nobody.send("READY=1");
        nobody.close();
    }

    @Test
    void aSocketThatIsNotThereHurtsNobody() throws IOException {
        var notifier = new Notifier(Optional.of(dir.resolve("nowhere").toString()));
        notifier.send("READY=1");
        notifier.send("WATCHDOG=1");
        notifier.close();
        notifier.send("STOPPING=1");
    }

    @Test
    void aManagerThatDoesNotReadStopsNobody() throws Exception {
        String name = dir.resolve("deaf").toString();
        Process listener = listener(DEAF, name);
        try (var said = listener.inputReader()) {
            assertThat(said.readLine()).isEqualTo("bound");
            var notifier = new Notifier(Optional.of(name));
            for (int i = 0; i < 10_000; i++) notifier.send("WATCHDOG=1");
            notifier.close();
        } finally {
            listener.destroyForcibly();
        }
    }

    private static void hears(String name) throws Exception {
        Process listener = listener(LISTENER, name);
        try (BufferedReader said = listener.inputReader()) {
            assertThat(said.readLine()).isEqualTo("bound");
            var notifier = new Notifier(Optional.of(name));
            notifier.send("READY=1\nSTATUS=grüß");
            assertThat(said.readLine()).isEqualTo("'READY=1\\nSTATUS=grüß'");
            notifier.send("STOPPING=1");
            assertThat(said.readLine()).isEqualTo("'STOPPING=1'");
            notifier.close();
        } finally {
            listener.destroyForcibly();
        }
    }

    private static Process listener(String program, String name) throws IOException {
        var builder = new ProcessBuilder("python3", "-c", program, name).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        return builder.start();
    }
}
