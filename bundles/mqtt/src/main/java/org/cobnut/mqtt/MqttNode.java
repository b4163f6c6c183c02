package org.cobnut.mqtt;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cobnut.access.UserAuthenticator;
import org.cobnut.model.Snapshot;
import org.cobnut.mqtt.command.CommandReceiver;
import org.cobnut.mqtt.fleet.FleetView;
import org.cobnut.mqtt.net.BrokerClient;
import org.cobnut.mqtt.net.BrokerListener;
import org.cobnut.mqtt.net.BrokerSession;
import org.cobnut.mqtt.net.ReceivedMessage;
import org.cobnut.mqtt.publish.DeviceSource;
import org.cobnut.mqtt.publish.Publisher;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This machine at one broker with one configuration. Two threads: the client's for the network, and one that reads devices
 * and writes events to the disk.
 */
final class MqttNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MqttNode.class);
    private static final long TICK_MILLIS = 250;
    private static final long PATIENCE_SECONDS = 2;

    private final MqttSettings settings;
    private final ScheduledThreadPoolExecutor thread;
    private final Publisher publisher;
    private final Optional<CommandReceiver> commands;
    private final Optional<FleetView> fleet;
    private final BrokerClient client;

    MqttNode(MqttSettings settings, DeviceSource devices) {
        this.settings = settings;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            var one = new Thread(task, "mqtt");
            one.setDaemon(true);
            return one;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        commands = settings.commands()
                ? Optional.of(new CommandReceiver(settings.topics(), settings.commanduser(), this::rediscover))
                : Optional.empty();
        publisher = new Publisher(
                settings.publisher(), devices, thread, command -> commands.filter(receiver -> receiver.mayRun(command))
                        .isPresent());
        client = new BrokerClient(settings.broker(), new Dispatcher());
        fleet = settings.fleet()
                ? Optional.of(new FleetView(settings.topics().base(), client::fault))
                : Optional.empty();
    }

    void start() {
        thread.scheduleWithFixedDelay(() -> safely(publisher::tick), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        client.start();
    }

    MqttSettings settings() {
        return settings;
    }

    Optional<FleetView> fleet() {
        return fleet;
    }

    void changed(String ups, Snapshot before, Snapshot after) {
        publisher.changed(ups, before, after);
    }

    void came(String ups) {
        publisher.came(ups);
    }

    void use(@Nullable UserAuthenticator upsd) {
        commands.ifPresent(receiver -> receiver.use(upsd));
    }

    /** Says to the broker that this node goes, and ends. Waits for some seconds at most. */
    @Override
    public void close() {
        later(publisher::close);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) thread.shutdownNow();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private void rediscover() {
        later(publisher::rediscover);
    }

    private void later(Runnable task) {
        try {
            thread.execute(() -> safely(task));
        } catch (RejectedExecutionException stopping) {
            log.debug("The broker says something while this ends");
        }
    }

    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException broken) {
            log.error("MQTT: a step failed and is left out: {}", ErrorText.of(broken), broken);
        }
    }

    /** Hands what the broker says to whom it concerns. */
    private final class Dispatcher implements BrokerListener {
        @Override
        public void connected(BrokerSession session) {
            fleet.ifPresent(view -> {
                view.clear();
                session.subscribe(view.filters());
            });
            commands.ifPresent(receiver -> session.subscribeToNew(receiver.filters()));
            publisher.birthTopic().ifPresent(topic -> session.subscribeToNew(List.of(topic)));
            later(() -> publisher.connected(session));
        }

        @Override
        public void disconnected() {
            later(publisher::disconnected);
        }

        @Override
        public void received(BrokerSession session, ReceivedMessage message) {
            if (message.retained() && settings.topics().own(message.topic())) later(() -> publisher.received(message));
            if (fleet.isPresent() && fleet.get().received(message)) return;
            boolean birth =
                    publisher.birthTopic().filter(message.topic()::equals).isPresent();
            if (birth && message.text().equals("online")) rediscover();
            else commands.ifPresent(receiver -> receiver.received(session, message));
        }

        @Override
        public void acknowledged(BrokerSession session, int packet, String refusal) {
            later(() -> publisher.acknowledged(packet, refusal));
        }

        @Override
        public void writable() {
            publisher.wake();
        }
    }
}
