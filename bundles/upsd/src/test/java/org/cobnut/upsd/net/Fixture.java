package org.cobnut.upsd.net;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Names;
import org.cobnut.model.Outcome;
import org.cobnut.model.Range;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.upsd.access.Authenticator;
import org.cobnut.upsd.access.HostRules;
import org.cobnut.upsd.access.User;
import org.cobnut.upsd.access.Users;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.config.Quotas;
import org.cobnut.upsd.protocol.Descriptions;
import org.cobnut.upsd.protocol.PrivilegedCommands;
import org.cobnut.upsd.protocol.Queries;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.upsd.protocol.Tracking;
import org.cobnut.upsd.registry.Section;
import org.cobnut.upsd.registry.Ups;
import org.cobnut.upsd.registry.UpsRegistry;
import org.cobnut.upsd.tls.TlsProvider;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Request;

/** One UPS "demo" with a variable of every kind, a clock that stands still, and users of every right. */
public final class Fixture {
    public final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));
    public final UpsRegistry registry = new UpsRegistry(nanos::get);
    public final Users users = new Users();
    final Tracking tracking = new Tracking(nanos::get);
    public final Device device = new Device();
    public Limits limits =
            new Limits(TimeUnit.SECONDS.toNanos(15), TimeUnit.SECONDS.toNanos(3600), Integer.MAX_VALUE, 0);
    public Quotas quotas = new Quotas(1000, 1000, 60_000, 0, false);
    public volatile HostRules rules = HostRules.NONE;
    final Authenticator authenticator = new Authenticator(users, () -> rules, () -> quotas, System::nanoTime);
    public final RequestHandler.Service service;

    /** A device whose every order is kept, and answered when the test says so. */
    public static final class Device implements DeviceService {
        public volatile Snapshot snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        public final List<String> commands = new ArrayList<>();
        public CompletableFuture<Outcome> outcome = CompletableFuture.completedFuture(Outcome.handled());

        @Override
        public Snapshot snapshot() {
            return snapshot;
        }

        @Override
        public CompletionStage<Outcome> set(String variable, String value) {
            commands.add("set " + variable + "=" + value);
            return outcome;
        }

        @Override
        public CompletionStage<Outcome> run(String command, String argument) {
            commands.add("run " + command + "(" + argument + ")");
            return outcome;
        }
    }

    public Fixture() {
        var descriptions = new Descriptions(Optional.empty());
        service = new RequestHandler.Service(
                registry,
                new Queries(registry, descriptions, () -> limits),
                new PrivilegedCommands(tracking, () -> limits),
                tracking,
                () -> limits,
                authenticator);
        registry.addSection(new Section("demo", "A demo", 0));
        registry.addSection(new Section("waiting", "", 1));
        users.add(new User("admin", "sesame", new String[] {"set", "FSD"}, new String[] {"all"}, ""));
        users.add(new User("mon", "pass", new String[0], new String[] {"beeper.mute"}, "primary"));
        users.add(new User("slave", "pass", new String[0], new String[0], "slave"));
        users.add(new User("open", "", new String[] {"SET"}, new String[0], ""));
        show(new Health.Fresh());
        registry.attach("demo", new Ups.Attached(device, null, ""));
    }

    /** The device's usual values, in this health. */
    public void show(Health health) {
        SortedMap<String, Variable> variables = new TreeMap<>(Names.ORDER);
        put(variables, "ups.status", "OL", VarType.text(32));
        put(variables, "battery.charge", "100", VarType.READ_ONLY);
        put(variables, "ups.id", "say \"#1\" \\ ok", VarType.text(16));
        put(variables, "outlet.1.switch", "on", VarType.choice("on", "off"));
        put(variables, "battery.charge.low", "20", VarType.number(10, 50).plus(new Range(60, 70)));
        put(variables, "ups.test.interval", "7", VarType.number());
        put(variables, "ups.contacts", "", VarType.text(0));
        var commands = new TreeSet<>(Names.ORDER);
        commands.addAll(List.of("beeper.mute", "load.off"));
        Snapshot before = device.snapshot;
        device.snapshot = new Snapshot(Instant.EPOCH, health, variables, commands);
        registry.changed("demo", before, device.snapshot);
    }

    /** What connections share, without TLS. */
    public Connection.Shared shared() {
        return new Connection.Shared(
                TlsProvider.NONE,
                new ConnectionLimiter(() -> quotas, () -> limits),
                new MemoryLimiter(Long.MAX_VALUE, nanos::get),
                new TurnQueue.Registry());
    }

    public RequestHandler requestHandler() {
        return new RequestHandler(service, "192.0.2.7", () -> {});
    }

    /** What one client gets who says all this, line by line. */
    public String say(String... lines) {
        return say(requestHandler(), lines);
    }

    public String say(RequestHandler requestHandler, String... lines) {
        var replies = new StringBuilder();
        for (String line : lines)
            for (List<String> words : Lexer.lines(line + "\n"))
                replies.append(new String(answer(requestHandler, Request.of(words)), StandardCharsets.ISO_8859_1));
        return replies.toString();
    }

    /** The reply to one request of a new client. */
    public byte[] answer(Request request) {
        return answer(requestHandler(), request);
    }

    private static byte[] answer(RequestHandler requestHandler, Request request) {
        CompletionStage<Void> first = requestHandler.before(requestHandler.parse(request));
        if (first != null)
            first.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        return requestHandler.answer(requestHandler.parse(request));
    }

    private static void put(SortedMap<String, Variable> variables, String name, String value, VarType type) {
        variables.put(name, new Variable(name, value, type));
    }
}
