package org.cobnut.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.cobnut.notify.DeliveryRefusedException;
import org.cobnut.notify.Message;
import org.cobnut.notify.Sender;
import org.cobnut.notify.Severity;
import org.cobnut.notify.TargetSettings;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.testkit.server.SmtpSink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail over real sockets, to a server that answers as it is told. */
@Timeout(30)
class MailNotifierTest {
    private static final Message LOWBATT = Message.of(
            Severity.CRITICAL,
            "LOWBATT",
            "rack1@localhost",
            "UPS rack1@localhost battery is low",
            Instant.parse("2026-01-31T02:03:04Z"),
            "nas");

    @TempDir
    private static Path directory;

    @BeforeAll
    static void certificates() throws Exception {
        var authority = new CertificateAuthority(directory);
        authority.selfSigned("smtp", "-addext subjectAltName=IP:127.0.0.1");
        authority.selfSigned("other", "-addext subjectAltName=DNS:other.example");
    }

    @Test
    void aNoticeBecomesOneMailToAllReceivers() throws Exception {
        try (var sink = new SmtpSink()) {
            sender(sink, "tls", "none", "to", "one@example.com two@example.com").send(LOWBATT);
            String mail = sink.mails().take();
            assertThat(mail)
                    .contains(
                            "From: ups@example.com\n",
                            "To: one@example.com, two@example.com\n",
                            "Subject: nas: UPS rack1@localhost battery is low\n",
                            "X-Priority: 1\n",
                            "Auto-Submitted: auto-generated\n",
                            "UPS rack1@localhost battery is low\n",
                            "Event:   LOWBATT\n",
                            "UPS:     rack1@localhost\n",
                            "Machine: nas\n");
            assertThat(sink.heard())
                    .contains("EHLO nas", "MAIL FROM:<ups@example.com>", "RCPT TO:<one@example.com>", "QUIT")
                    .doesNotContain("(gone)");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tlsIsUsedBeforeTheLoginAndTheServerIsVerified(boolean implicit) throws Exception {
        String tls = implicit ? "implicit" : "starttls";
        try (var sink = new SmtpSink(context("smtp"), implicit);
                var wrong = new SmtpSink(context("other"), implicit)) {
            Sender good = sender(sink, "tls", tls, "cafile", "smtp.pem", "user", "me", "password", "s3cret");
            good.send(LOWBATT);
            assertThat(sink.mails().take()).contains("LOWBATT");
            // Base64 of me NUL me NUL s3cret.
            assertThat(sink.heard()).contains("AUTH PLAIN bWUAbWUAczNjcmV0");
            if (!implicit)
                assertThat(sink.heard().indexOf("STARTTLS"))
                        .isLessThan(sink.heard().indexOf("AUTH PLAIN bWUAbWUAczNjcmV0"));
            assertThatThrownBy(() -> sender(sink, "tls", tls).send(LOWBATT))
                    .isExactlyInstanceOf(IOException.class)
                    .hasStackTraceContaining("unable to find valid certification path");
            // Of an authority that is trusted, but of another host.
            assertThatThrownBy(() ->
                            sender(wrong, "tls", tls, "cafile", "other.pem").send(LOWBATT))
                    .isInstanceOf(IOException.class);
            assertThat(sink.mails()).isEmpty();
            assertThat(wrong.mails()).isEmpty();
        }
    }

    @Test
    void aServerWithoutStarttlsGetsNoMail() throws Exception {
        try (var sink = new SmtpSink()) {
            assertThatThrownBy(() ->
                            sender(sink, "user", "me", "password", "s3cret").send(LOWBATT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("STARTTLS is required");
            assertThat(String.join("\n", sink.heard())).doesNotContain("AUTH", "MAIL");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RCPT TO   | 550 5.1.1 no such user | true  | the server says for one@example.com: 550 5.1.1 no such user
            RCPT TO   | 450 4.2.0 greylisted   | false | the server says for one@example.com: 450 4.2.0 greylisted
            MAIL FROM | 553 not you            | true  | the server says: 553 not you
            DATA      | 554 no thanks          | true  | the server says: 554 no thanks
            DATA      | 452 full               | false | the server says: 452 full
            AUTH      | 535 bad credentials    | true  | the server does not take user and password: 535 bad credentials
            """)
    void whatIsRefusedIsToldInTheWordsOfTheServer(String to, String answer, boolean refused, String reason)
            throws Exception {
        try (var sink = new SmtpSink()) {
            sink.answer(to, answer);
            assertThatThrownBy(() -> sender(sink, "tls", "none", "user", "me", "password", "s3cret")
                            .send(LOWBATT))
                    .isExactlyInstanceOf(refused ? DeliveryRefusedException.class : IOException.class)
                    .message()
                    .startsWith(reason)
                    .doesNotContain("s3cret");
            assertThat(sink.mails()).isEmpty();
        }
    }

    @Test
    void aReceiverThatIsRefusedKeepsNoMailFromTheOthers() throws Exception {
        try (var sink = new SmtpSink()) {
            sink.answer("RCPT TO:<TWO", "450 try later");
            assertThatThrownBy(() -> sender(sink, "tls", "none", "to", "one@example.com two@example.com")
                            .send(LOWBATT))
                    .isInstanceOf(DeliveryRefusedException.class)
                    .hasMessageContaining("only delivered to one@example.com: ")
                    .hasMessageContaining("450 try later");
            assertThat(sink.mails()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "implicit"})
    void aServerThatIsSilentIsLeftInTime(String tls) throws Exception {
        try (var silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Sender sender = sender(silent.getLocalPort(), "tls", tls, "timeout", "1");
            assertThatThrownBy(() -> sender.send(LOWBATT)).isExactlyInstanceOf(IOException.class);
            Sender patient = sender(silent.getLocalPort(), "tls", tls, "timeout", "25");
            silent.accept().close();
            var sending = CompletableFuture.runAsync(() -> {
                try {
                    patient.send(LOWBATT);
                } catch (IOException | InterruptedException ended) {
                    throw new IllegalStateException(ended);
                }
            });
            try (var peer = silent.accept()) {
                if (tls.equals("implicit"))
                    assertThat(peer.getInputStream().read()).isNotNegative();
                long begin = System.nanoTime();
                patient.close();
                assertThatThrownBy(() -> sending.get(5, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
                assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(2));
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsAFailureForNow() throws Exception {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThatThrownBy(() -> sender(port, "tls", "none").send(LOWBATT))
                .isExactlyInstanceOf(IOException.class)
                .hasStackTraceContaining("Connection refused");
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "to", "nobody at all",
                        "from", "<>",
                        "password", "s3cret",
                        "port", "many",
                        "cafile", "nosuch.pem")
                .entrySet())
            assertThatThrownBy(() -> sender(1, wrong.getKey(), wrong.getValue()))
                    .as(wrong.getKey())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong.getKey());
    }

    private static SSLContext context(String name) throws Exception {
        var authority = new CertificateAuthority(directory);
        authority.run(
                "openssl pkcs12 -export -in %1$s.pem -inkey %1$s.key -out %1$s.p12 -passout pass:x".formatted(name));
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Files.readAllBytes(authority.path(name + ".p12"))), "x".toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "x".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Sender sender(SmtpSink sink, String... pairs) {
        return sender(sink.port(), pairs);
    }

    private static Sender sender(int port, String... pairs) {
        var values = new HashMap<String, List<String>>(Map.of(
                "server", List.of("127.0.0.1"),
                "port", List.of(String.valueOf(port)),
                "from", List.of("ups@example.com"),
                "to", List.of("one@example.com")));
        for (int i = 0; i < pairs.length; i += 2)
            values.put(
                    pairs[i],
                    new ArrayList<>(
                            List.of(pairs[i].equals("to") ? pairs[i + 1].split(" ") : new String[] {pairs[i + 1]})));
        return new MailNotifier().open(TargetSettings.of("mail", values, Set.of("password"), directory));
    }
}
