package org.cobnut.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cobnut.testkit.server.FakeServer;
import org.cobnut.wire.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do to us: every script here is one that no honest upsd plays. */
@Timeout(20)
class ConnectionTest {
    private static final Duration SOON = Duration.ofMillis(300);

    @Test
    void readsAListInTheServersOrder() throws IOException {
        var script = """
                > LIST VAR sim
                < BEGIN LIST VAR sim
                < VAR sim b.b "two words"
                < VAR sim a.a "\\"\\\\\\#"
                < VAR SIM c.c ""
                < END LIST VAR sim
                """;
        try (var server = new FakeServer(script).start();
                Connection connection = open(server)) {
            Map<String, String> variables = connection.ups("sim").variables();
            connection.abort();
            assertThat(variables.keySet()).containsExactly("b.b", "a.a", "c.c");
            assertThat(variables.values()).containsExactly("two words", "\"\\#", "");
        }
    }

    @Test
    void givesAnErrorAsTheAnswerAndGoesOn() throws IOException {
        var script = """
                > GET VAR sim a.b
                < ERR DATA-STALE "and more"
                > GET VAR sim a.b
                < VAR sim a.b "7"
                > GET VAR sim a.b
                < ERR BRAND-NEW
                """;
        try (var server = new FakeServer(script).start();
                Connection connection = open(server)) {
            Ups ups = connection.ups("sim");
            assertThatExceptionOfType(NutException.class)
                    .isThrownBy(() -> ups.get("a.b"))
                    .satisfies(e -> assertThat(e.error()).contains(ErrorCode.DATA_STALE));
            assertThat(ups.get("a.b")).isEqualTo("7");
            assertThatExceptionOfType(NutException.class)
                    .isThrownBy(() -> ups.get("a.b"))
                    .satisfies(e -> assertThat(e.error()).isEmpty())
                    .satisfies(e -> assertThat(e.code()).isEqualTo("BRAND-NEW"));
            connection.abort();
        }
    }

    @Test
    void sendsOneLineARequestWhateverTheWordsHold() throws IOException {
        var script = """
                > USERNAME "a b"
                < OK
                > PASSWORD "\\"\\\\\\#= x"
                < OK
                > SET VAR sim a.b "aFSD sim"
                < OK TRACKING 12-34
                > LOGOUT
                < OK Goodbye
                """;
        try (var server = new FakeServer(script).start()) {
            try (Connection connection = open(server)) {
                connection.username("a b");
                connection.password("\"\\#= x");
                assertThat(connection.ups("sim").set("a.b", "a\nFSD sim")).contains("12-34");
            }
            assertThat(server.heard()).hasSize(4).noneMatch(line -> line.endsWith("(unexpected)"));
        }
    }

    @Test
    void asksAnOldServerInTheOldWord() throws IOException {
        var script = """
                > PRIMARY sim
                < ERR UNKNOWN-COMMAND
                > MASTER sim
                < OK MASTER-GRANTED
                > PRIMARY sim
                < ERR ACCESS-DENIED
                """;
        try (var server = new FakeServer(script).start();
                Connection connection = open(server)) {
            connection.ups("sim").primary();
            assertThatThrownBy(connection.ups("sim")::primary).hasMessage("ERR ACCESS-DENIED");
            assertThat(server.heard()).containsExactly("PRIMARY sim", "MASTER sim", "PRIMARY sim");
            connection.abort();
        }
    }

    @Test
    void tellsPendingFromDone() throws IOException {
        var script = """
                > SET TRACKING ON
                < OK
                > GET TRACKING id
                < PENDING
                > GET TRACKING id
                < SUCCESS
                > GET TRACKING id
                < ERR FAILED
                """;
        try (var server = new FakeServer(script).start();
                Connection connection = open(server)) {
            connection.tracking(true);
            assertThat(connection.result("id")).isEmpty();
            assertThat(connection.result("id")).contains("SUCCESS");
            assertThatThrownBy(() -> connection.result("id")).hasMessage("ERR FAILED");
            connection.abort();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "< BEGIN LIST VAR other",
                "< BEGIN LIST RW sim",
                "< OK",
                "< VAR sim a.b \"1\"",
                "< END LIST VAR sim",
                "< ",
                "< BEGIN LIST VAR sim\n< VAR other a.b \"1\"",
                "< BEGIN LIST VAR sim\n< VAR sim a.b",
                "< BEGIN LIST VAR sim\n< RW sim a.b \"1\"",
                "< BEGIN LIST VAR sim\n< END LIST VAR other",
                "< BEGIN LIST VAR sim\n< ERR DATA-STALE",
                "< BEGIN LIST VAR sim\n< VAR sim a.b \"x#y\"",
            })
    void refusesAListThatIsNotTheOneAskedFor(String reply) throws IOException {
        try (var server = new FakeServer("> LIST VAR sim\n" + reply).start();
                Connection connection = open(server)) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> connection.ups("sim").variables());
            assertClosed(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VAR sim x.y \"1\"", "VAR other a.b \"1\"", "VAR sim a.b", "TYPE sim a.b NUMBER", "OK", ""})
    void refusesAReplyThatIsNotTheOneAskedFor(String reply) throws IOException {
        try (var server = new FakeServer("> GET VAR sim a.b\n< " + reply).start();
                Connection connection = open(server)) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> connection.ups("sim").get("a.b"));
            assertClosed(connection);
        }
    }

    @Test
    void refusesANumberOfLoginsThatIsNone() throws IOException {
        try (var server = new FakeServer("> GET NUMLOGINS sim\n< NUMLOGINS sim many").start();
                Connection connection = open(server)) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> connection.ups("sim").logins());
        }
    }

    @Test
    void refusesAReplyToNoQuestion() throws IOException {
        try (var server = new FakeServer("> PROTVER\n= 1.3\\nVAR sim a.b 9\\n").start();
                Connection connection = open(server)) {
            assertThat(connection.protocol()).isEqualTo("1.3");
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> connection.ups("sim").get("a.b"));
            assertClosed(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "= VAR sim a.b \"1", "= VAR sim a.b \"1\""})
    void waitsForSilenceAndHalfALineNoLongerThanSaid(String reply) throws IOException {
        try (var server = new FakeServer("> GET VAR sim a.b\n" + reply).start();
                Connection connection = open(server)) {
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> connection.ups("sim").get("a.b"));
            assertClosed(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "= VAR sim a.b \"1\nx"})
    void noticesAServerThatHangsUp(String reply) throws IOException {
        try (var server = new FakeServer("> GET VAR sim a.b\n" + reply).start();
                Connection connection = open(server)) {
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> connection.ups("sim").get("a.b"))
                    .withMessage("Server disconnected");
        }
    }

    @Test
    void readsNoLineWithoutAnEnd() throws IOException {
        try (var server = new FakeServer("> PROTVER\n= " + "x".repeat(1 << 17)).start();
                Connection connection = open(server)) {
            assertThatExceptionOfType(ProtocolException.class).isThrownBy(connection::protocol);
        }
    }

    @Test
    void readsNoListWithoutAnEnd() throws IOException {
        var flood = new StringBuilder("> LIST CMD sim\n< BEGIN LIST CMD sim\n");
        for (int i = 0; i <= Connection.MAX_ITEMS; i++)
            flood.append("< CMD sim c.").append(i).append('\n');
        try (var server = new FakeServer(flood.append("< END LIST CMD sim").toString()).start();
                Connection connection = open(server)) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> connection.ups("sim").commands());
        }
    }

    @Test
    void waitsForALineThatTricklesNoLongerThanSaid() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> trickle = CompletableFuture.runAsync(() -> trickle(server));
            try (Connection connection =
                    Connection.open(new Address("", "127.0.0.1", server.getLocalPort()), SOON, SOON)) {
                assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(connection::protocol);
            }
            trickle.get(5, TimeUnit.SECONDS);
        }
    }

    /** Sends a character every few milliseconds until the client has had enough. */
    private static void trickle(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.setSoTimeout(20);
            while (true) {
                client.getOutputStream().write('x');
                try {
                    if (client.getInputStream().read() < 0) return;
                } catch (SocketTimeoutException quiet) {
                    // Time for the next character.
                }
            }
        } catch (IOException gone) {
            // The client has had enough.
        }
    }

    @Test
    void readsTheLongestLineThatTheGrammarAllows() throws IOException {
        String value = "\\\"".repeat(512);
        try (var server = new FakeServer("> GET VAR sim a.b\n< VAR sim a.b \"" + value + "\"").start();
                Connection connection = open(server)) {
            assertThat(connection.ups("sim").get("a.b")).isEqualTo("\"".repeat(512));
            connection.abort();
        }
    }

    @Test
    void saysThatAConnectionWasRefused() throws IOException {
        int nobody;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = probe.getLocalPort();
        }
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> Connection.open(new Address("", "127.0.0.1", nobody)))
                .withMessage("Connection refused");
    }

    @Test
    void saysThatThereIsNoSuchHost() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> Connection.open(Address.of("sim@no-such-host.invalid")));
    }

    @Test
    void givesUpAServerThatTakesNoConnection() throws IOException {
        // A listener with a full queue answers no further SYN.
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(List.of(first.isConnected(), second.isConnected())).containsOnly(true);
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> Connection.open(new Address("", "127.0.0.1", full.getLocalPort()), SOON, SOON))
                    .withMessage("Connection timed out");
        }
    }

    @Test
    void saysGoodByeOnce() throws IOException {
        try (var server = new FakeServer("> LOGOUT\n< OK Goodbye").start()) {
            try (Connection connection = open(server);
                    Connection again = connection) {
                assertThat(again).isSameAs(connection);
            }
            assertThat(server.heard()).containsExactly("LOGOUT");
        }
    }

    @Test
    void endsACallUnderWayWhenAborted() throws Exception {
        try (var server = new FakeServer("").start();
                Connection connection = Connection.open(address(server), SOON, Duration.ofSeconds(30))) {
            var call = CompletableFuture.supplyAsync(() -> {
                try {
                    return Optional.of(connection.protocol());
                } catch (IOException e) {
                    return Optional.empty();
                }
            });
            while (server.heard().isEmpty()) Thread.onSpinWait();
            connection.abort();
            assertThat(call.get(5, TimeUnit.SECONDS)).isEmpty();
        }
    }

    private static void assertClosed(Connection connection) {
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(connection::version)
                .withMessage("Not connected");
    }

    private static Connection open(FakeServer server) throws IOException {
        return Connection.open(address(server), Duration.ofSeconds(5), SOON);
    }

    private static Address address(FakeServer server) {
        return Address.of(server.ups("sim"));
    }
}
