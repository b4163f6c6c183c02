package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A client from whom no request comes for a minute is sent away, at ours after 10 s if it never asked; runs beside the
 * other tests, since it takes that minute.
 */
@ExtendWith(Servers.Resolver.class)
@Execution(ExecutionMode.CONCURRENT)
class IdleIT {
    private record Idler(Server server, boolean asked, Socket socket, long since) {
        int seconds() {
            return asked || server.debian() ? 60 : 10;
        }
    }

    @Test
    void closesAfterAMinuteWithoutARequest(Servers servers) throws IOException {
        var idlers = new ArrayList<Idler>();
        for (Server server : servers.all()) {
            for (String begin : List.of("", "PROTVER\n", "half a req")) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.getOutputStream().write(begin.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                idlers.add(new Idler(server, begin.endsWith("\n"), socket, System.nanoTime()));
            }
        }
        idlers.sort(Comparator.comparingInt(Idler::seconds));
        for (Idler each : idlers) closes(each);
    }

    private static void closes(Idler idler) throws IOException {
        try (Socket socket = idler.socket()) {
            socket.setSoTimeout(70_000);
            byte[] said = socket.getInputStream().readAllBytes();
            assertThat(Duration.ofNanos(System.nanoTime() - idler.since()))
                    .as(idler.server().name())
                    .isBetween(Duration.ofSeconds(idler.seconds() - 1), Duration.ofSeconds(idler.seconds() + 6));
            assertThat(new String(said, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .isIn("", "1.3\n");
        }
    }
}
