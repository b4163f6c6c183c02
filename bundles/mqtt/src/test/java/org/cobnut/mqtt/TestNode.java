package org.cobnut.mqtt;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.mqtt.command.CommandReceiver;
import org.cobnut.mqtt.net.BrokerAddress;
import org.cobnut.mqtt.net.BrokerSettings;
import org.cobnut.mqtt.publish.DeviceSource;
import org.cobnut.mqtt.publish.Publisher;
import org.cobnut.mqtt.publish.Topics;
import org.cobnut.testkit.TestDevice;
import org.jspecify.annotations.Nullable;

/** A node with devices of the test's own, at a broker on this machine. Set it up, start it, close it. */
final class TestNode implements DeviceSource, AutoCloseable {
    private final Map<String, TestDevice> devices = new ConcurrentSkipListMap<>(Names.ORDER);
    private final Set<String> configured = new TreeSet<>(Names.ORDER);
    private final Set<String> shuttingDown = new TreeSet<>(Names.ORDER);
    private final Path state;
    private final BrokerAddress address;
    private String name = "n";
    private String user = "";
    private String password = "";
    private Optional<Path> cafile = Optional.empty();
    private Optional<Path> certfile = Optional.empty();
    private String discovery = "";
    private Set<String> exposed = Set.of();
    private boolean commands;
    private Optional<CommandReceiver.Login> commanduser = Optional.empty();
    private boolean fleet;
    private int interval;
    private @Nullable MqttNode node;

    TestNode(Path state, int port, boolean tls) {
        this.state = state;
        address = new BrokerAddress("127.0.0.1", port, tls);
    }

    TestNode(Path state, int port) {
        this(state, port, false);
    }

    TestNode named(String node) {
        name = node;
        return this;
    }

    TestNode login(String who, String word) {
        user = who;
        password = word;
        return this;
    }

    TestNode certificates(Path authority, Optional<Path> own) {
        cafile = Optional.of(authority);
        certfile = own;
        return this;
    }

    TestNode discovery(String prefix, String... more) {
        discovery = prefix;
        exposed = Set.of(more);
        return this;
    }

    TestNode commands(Optional<CommandReceiver.Login> trusted) {
        commands = true;
        commanduser = trusted;
        return this;
    }

    TestNode fleet() {
        fleet = true;
        return this;
    }

    TestNode interval(int seconds) {
        interval = seconds;
        return this;
    }

    TestNode device(String ups, TestDevice device) {
        devices.put(ups, device);
        configured.add(ups);
        return this;
    }

    TestNode start() {
        var topics = new Topics("nut", name);
        node = new MqttNode(
                new MqttSettings(
                        new BrokerSettings(
                                address,
                                "cobnut-" + name,
                                user,
                                password,
                                cafile,
                                certfile,
                                Optional.empty(),
                                topics.status()),
                        new Publisher.Settings(
                                topics, interval, 300, discovery, exposed, state.resolve(name + ".events")),
                        commands,
                        commanduser,
                        fleet),
                this);
        node().start();
        return this;
    }

    MqttNode node() {
        return Objects.requireNonNull(node);
    }

    /** Changes a device as its driver would. */
    void change(String ups, Consumer<TestDevice> how) {
        TestDevice device = Objects.requireNonNull(devices.get(ups));
        Snapshot before = device.snapshot();
        how.accept(device);
        node().changed(ups, before, device.snapshot());
    }

    /** Takes a device away, with its section or not. */
    void remove(String ups, boolean section) {
        devices.remove(ups);
        if (section) configured.remove(ups);
    }

    void announceShutdown(String ups) {
        shuttingDown.add(ups);
    }

    @Override
    public Map<String, DeviceService> devices() {
        return Collections.unmodifiableMap(devices);
    }

    @Override
    public Set<String> configured() {
        return new TreeSet<>(configured);
    }

    @Override
    public boolean fsd(String ups) {
        return shuttingDown.contains(ups);
    }

    @Override
    public void close() {
        node().close();
    }
}
