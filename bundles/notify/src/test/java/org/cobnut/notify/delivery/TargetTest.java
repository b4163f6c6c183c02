package org.cobnut.notify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.notify.Message;
import org.cobnut.notify.Notifier;
import org.cobnut.notify.Sender;
import org.cobnut.notify.TargetSettings;
import org.cobnut.upsmon.Notice;
import org.cobnut.upsmon.NoticeType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;

/** A section of notify.conf as a component: what it hears, what it sends, and what it says of it. */
@Timeout(20)
class TargetTest {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    @TempDir
    private Path state;

    private final DeliveryThreads threads = new DeliveryThreads(500);
    private final FakeNotifier notifier = new FakeNotifier();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private DeliveryLog deliveries;
    private Target target;
    private NotifyCommands commands;

    /** A kind of target that another bundle brings. */
    private static final class FakeNotifier implements Notifier {
        final List<String> sent = new CopyOnWriteArrayList<>();
        volatile IOException failure;
        final AtomicInteger open = new AtomicInteger();
        volatile String token = "";

        @Override
        public Sender open(TargetSettings settings) {
            if (settings.text("loudness").equals(Optional.of("12")))
                throw new IllegalArgumentException("loudness goes to 11; the token is " + settings.required("token"));
            token = settings.text("token").orElse("");
            open.incrementAndGet();
            return new Sender() {
                @Override
                public void send(Message message) throws IOException {
                    if (failure != null) throw failure;
                    sent.add(message.event() + " " + message.text());
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        }
    }

    @BeforeEach
    void start() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        deliveries = new DeliveryLog(state);
        commands = new NotifyCommands(deliveries);
        target = target(Map.of("kind", "siren", "events", new String[] {"ONBATT", "FSD"}));
    }

    @AfterEach
    void stop() throws InterruptedException {
        target.stop();
        threads.stop();
        System.setErr(before);
    }

    @Test
    void sendsWhatItIsForAndKeepsItInTheLog() throws Exception {
        target.add(reference());
        target.noticed(notice(NoticeType.ONBATT));
        Await.until(() -> lines().size() == 1);
        target.noticed(notice(NoticeType.ONLINE));
        target.noticed(notice(NoticeType.FSD));
        Await.until(() -> lines().size() == 2);
        assertThat(notifier.sent).containsExactly("ONBATT text of ONBATT", "FSD text of FSD");
        assertThat(lines().get(0)).matches("\\S+\tsiren\tONBATT\track1@localhost\t1\tdelivered");
        assertThat(commands.notify("log", "1").toString()).contains("FSD").doesNotContain("ONBATT");
        assertThat(commands.notify("list").toString()).contains("siren", "ready");
    }

    @Test
    void saysInQuietHoursThatItSentNothing() throws Exception {
        target.modified(properties(Map.of("kind", "siren", "quiet", "00:00-23:59")));
        target.add(reference());
        target.noticed(notice(NoticeType.ONBATT));
        target.noticed(notice(NoticeType.FSD));
        Await.until(() -> lines().size() == 2);
        assertThat(notifier.sent).containsExactly("FSD text of FSD");
        assertThat(lines()).anyMatch(line -> line.endsWith("ONBATT\track1@localhost\t0\tnot sent: quiet hours"));
    }

    @Test
    void waitsForItsBundleAndLetsItGo() throws Exception {
        target.noticed(notice(NoticeType.ONBATT));
        assertThat(target.faults(Set.of()))
                .containsExactly("target [siren] of notify.conf: no bundle brings the kind siren");
        assertThat(commands.notify("list").json()).contains("unusable");
        ServiceReference<Notifier> reference = reference();
        target.add(reference);
        Await.until(() -> notifier.sent.size() == 1);
        assertThat(target.faults(Set.of())).isEmpty();
        target.remove(reference);
        assertThat(notifier.open).hasValue(0);
        assertThat(target.fault()).isEqualTo("the bundle of the kind siren is stopped");
    }

    @Test
    void anEditCountsAtOnceAndABadOneNotAtAll() throws Exception {
        target.add(reference());
        target.modified(properties(Map.of("kind", "siren", "options", new String[] {"loudness = 11"})));
        target.noticed(notice(NoticeType.ONLINE));
        Await.until(() -> notifier.sent.size() == 1);
        target.modified(properties(Map.of(
                "kind",
                "siren",
                "events",
                new String[] {"FSD"},
                "options",
                new String[] {"loudness = 12"},
                ".hidden",
                true)));
        target.noticed(notice(NoticeType.ONLINE));
        Await.until(() -> notifier.sent.size() == 2);
        assertThat(notifier.open).hasValue(1);
        assertThat(logged())
                .contains("loudness goes to 11; the token is ********; what was in force stays")
                .doesNotContain("s3cret-token");
    }

    @Test
    void itsSecretsAreInNoLogAndNoText() throws Exception {
        target.modified(properties(Map.of("kind", "siren", ".hidden", true, "retries", 0)));
        target.add(reference());
        assertThat(notifier.token).isEqualTo("s3cret-token");
        notifier.failure = new IOException("HTTP 401: s3cret-token is no token of /hooks/s3cret-path");
        target.noticed(notice(NoticeType.ONBATT));
        Await.until(() -> lines().size() == 1);
        assertThat(lines().get(0)).contains("failed: HTTP 401: ******** is no token of ********");
        assertThatThrownBy(() -> commands.notify("test", "siren"))
                .hasMessage("siren: not delivered: HTTP 401: ******** is no token of ********");
        String list = commands.notify("list").json();
        assertThat(list).contains("failing", "401");
        assertThat(logged()).contains("HTTP 401: ********");
        for (String text : List.of(list, logged(), String.join("\n", lines()), String.valueOf(target)))
            assertThat(text).doesNotContain("s3cret");
    }

    @Test
    void logsWhenItBeginsToFailAndWhenItWorksAgain() throws Exception {
        target.modified(properties(Map.of("kind", "siren", "retries", 0)));
        target.add(reference());
        notifier.failure = new IOException("no connection");
        for (int i = 0; i < 3; i++) target.noticed(notice(NoticeType.ONBATT));
        Await.until(() -> lines().size() == 3);
        notifier.failure = null;
        assertThat(commands.notify("test").toString()).contains("siren", "delivered");
        assertThat(logged().lines().filter(line -> line.contains("is not delivered")))
                .hasSize(1);
        assertThat(logged()).contains("takes messages again; 3 were lost");
    }

    @Test
    void aTestNamesTheTargetsThatThereAre() throws Exception {
        assertThatThrownBy(() -> commands.notify("test", "other"))
                .hasMessage("there is no target other; notify.conf has siren");
        commands.remove(target);
        assertThatThrownBy(() -> commands.notify("test")).hasMessageContaining("notify.conf has no section");
        assertThat(commands.notify("list").toString()).contains("notify.conf.sample");
        assertThatThrownBy(() -> commands.notify("toast")).hasMessageContaining("list, log or test");
        assertThatThrownBy(() -> commands.notify("log", "many")).hasMessageContaining("a number above 0");
    }

    private Target target(Map<String, Object> more) {
        var context = (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getService" -> notifier;
                    case "ungetService" -> true;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        var made = new Target(
                context, properties(more), new TargetReader(filter -> hidden(), state), threads, deliveries, PAUSE);
        commands.add(made);
        return made;
    }

    private static Map<String, Object> properties(Map<String, Object> more) {
        var all = new HashMap<String, Object>(more);
        all.put("target", "siren");
        all.put("service.pid", "cobnut.notify~siren");
        return all;
    }

    /** What Configuration Admin has, and components are not told. */
    private static Configuration[] hidden() {
        var values = FrameworkUtil.asDictionary(Map.<String, Object>of(
                "token.password",
                "s3cret-token",
                "url.password",
                "https://host/hooks/s3cret-path",
                "passwords",
                new String[] {"other-secret = s3cret-other"}));
        return new Configuration[] {
            (Configuration) Proxy.newProxyInstance(
                    Configuration.class.getClassLoader(),
                    new Class<?>[] {Configuration.class},
                    (proxy, method, arguments) -> values)
        };
    }

    @SuppressWarnings("unchecked")
    private static ServiceReference<Notifier> reference() {
        return (ServiceReference<Notifier>) Proxy.newProxyInstance(
                ServiceReference.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> "siren";
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> 1;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Notice notice(NoticeType type) {
        return new Notice(type, "rack1@localhost", "text of " + type, Instant.now());
    }

    private String logged() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        try {
            Path file = state.resolve("notifications");
            return Files.exists(file) ? Files.readString(file).lines().toList() : List.of();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
