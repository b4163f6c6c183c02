package org.cobnut.upsd;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Request;

/** One UPS "demo" with a variable of every kind, a clock that stands still, and users of every right. */
final class House {
    final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(1));
    final Inventory inventory = new Inventory(nanos::get);
    final Users users = new Users();
    final Tracking tracking = new Tracking(nanos::get);
    final Device device = new Device();
    Limits limits = new Limits(TimeUnit.SECONDS.toNanos(15), TimeUnit.SECONDS.toNanos(3600), Integer.MAX_VALUE, 0);
    Quotas quotas = new Quotas(1000, 1000, 60_000, 0, false);
    volatile HostRules rules = HostRules.NONE;
    final Admission admission = new Admission(users, () -> rules, () -> {}, () -> quotas, System::nanoTime);
    final Dialogue.Service service;

    /** A device whose every order is kept, and answered when the test says so. */
    static final class Device implements DeviceService {
        volatile Snapshot snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        final List<String> orders = new ArrayList<>();
        CompletableFuture<Outcome> outcome = CompletableFuture.completedFuture(Outcome.handled());

        @Override
        public Snapshot snapshot() {
            return snapshot;
        }

        @Override
        public CompletionStage<Outcome> set(String variable, String value) {
            orders.add("set " + variable + "=" + value);
            return outcome;
        }

        @Override
        public CompletionStage<Outcome> run(String command, String argument) {
            orders.add("run " + command + "(" + argument + ")");
            return outcome;
        }
    }

    House() {
        var descriptions = new Descriptions(Optional.empty());
        service = new Dialogue.Service(
                inventory,
                new Queries(inventory, descriptions, () -> limits),
                new Orders(inventory, tracking, () -> limits),
                tracking,
                () -> limits,
                admission);
        inventory.addSection(new Section("demo", "A demo", 0));
        inventory.addSection(new Section("waiting", "", 1));
        users.add(new User("admin", "sesame", new String[] {"set", "FSD"}, new String[] {"all"}, ""));
        users.add(new User("mon", "pass", new String[0], new String[] {"beeper.mute"}, "primary"));
        users.add(new User("slave", "pass", new String[0], new String[0], "slave"));
        users.add(new User("open", "", new String[] {"SET"}, new String[0], ""));
        show(new Health.Fresh());
        inventory.attach("demo", new Ups.Attached(device, null, ""));
    }

    /** The device's usual values, in this health. */
    void show(Health health) {
        SortedMap<String, Variable> variables = new TreeMap<>(Names.ORDER);
        put(variables, "ups.status", "OL", VarType.text(32));
        put(variables, "battery.charge", "100", VarType.READ_ONLY);
        put(variables, "ups.id", "say \"#1\" \\ ok", VarType.text(16));
        put(variables, "outlet.1.switch", "on", VarType.choice("on", "off"));
        put(variables, "battery.charge.low", "20", VarType.number(10, 50).plus(new Range(60, 70)));
        put(variables, "ups.test.interval", "7", VarType.number());
        put(variables, "ups.contacts", "", new VarType(true, OptionalInt.of(0), List.of(), List.of()));
        var commands = new TreeSet<>(Names.ORDER);
        commands.addAll(List.of("beeper.mute", "load.off"));
        Snapshot before = device.snapshot;
        device.snapshot = new Snapshot(Instant.EPOCH, health, variables, commands);
        inventory.changed("demo", before, device.snapshot);
    }

    /** What connections share, without TLS. */
    Connection.Shared shared() {
        return new Connection.Shared(
                TlsOffer.NONE,
                new ConnectionLimiter(() -> quotas, () -> limits),
                new MemoryLimiter(Long.MAX_VALUE, nanos::get),
                new TurnQueue.Registry());
    }

    Dialogue dialogue() {
        return new Dialogue(service, "192.0.2.7", () -> {});
    }

    /** What one client gets who says all this, line by line. */
    String say(String... lines) {
        return say(dialogue(), lines);
    }

    String say(Dialogue dialogue, String... lines) {
        var replies = new StringBuilder();
        for (String line : lines)
            for (List<String> words : Lexer.lines(line + "\n"))
                replies.append(new String(answer(dialogue, Request.of(words)), StandardCharsets.ISO_8859_1));
        return replies.toString();
    }

    private static byte[] answer(Dialogue dialogue, Request request) {
        CompletionStage<Void> first = dialogue.before(request);
        if (first != null)
            first.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        return dialogue.answer(request);
    }

    private static void put(SortedMap<String, Variable> variables, String name, String value, VarType type) {
        variables.put(name, new Variable(name, value, type));
    }
}
