package org.cobnut.mqtt;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.cobnut.mqtt.command.CommandReceiver;
import org.cobnut.mqtt.net.BrokerAddress;
import org.cobnut.mqtt.net.BrokerSettings;
import org.cobnut.mqtt.publish.Publisher;
import org.cobnut.mqtt.publish.Topics;
import org.cobnut.wire.HostName;

/**
 * What mqtt.conf says, read once.
 *
 * @param commanduser for whom commands without a login count
 */
record MqttSettings(
        BrokerSettings broker,
        Publisher.Settings publisher,
        boolean commands,
        Optional<CommandReceiver.Login> commanduser,
        boolean fleet) {
    /** The secrets of mqtt.conf, which no component's configuration holds. */
    record Secrets(String password, String commandpassword) {
        /** Says nothing secret. */
        @Override
        public String toString() {
            return "Secrets[]";
        }
    }

    /**
     * Reads them.
     *
     * @param directory of mqtt.conf, to which the paths in it are relative
     * @param state where events are kept
     * @throws IllegalArgumentException that says what is wrong
     */
    static MqttSettings of(MqttConfig config, Secrets secrets, Path directory, Path state) {
        BrokerAddress address = BrokerAddress.parse(config.broker());
        var topics = new Topics(config.base(), config.node().isEmpty() ? hostName() : config.node());
        var broker = new BrokerSettings(
                address,
                "cobnut-" + topics.node(),
                config.user(),
                secrets.password(),
                path(directory, config.cafile()),
                path(directory, config.certfile()),
                path(directory, config.keyfile()),
                topics.status());
        if (!secrets.password().isEmpty() && config.user().isEmpty())
            throw new IllegalArgumentException("password wants a user");
        if (!config.keyfile().isEmpty() && config.certfile().isEmpty())
            throw new IllegalArgumentException("keyfile wants a certfile");
        if (!address.tls() && !(config.cafile() + config.certfile()).isEmpty())
            throw new IllegalArgumentException("cafile and certfile want a broker of mqtts://");
        Optional<CommandReceiver.Login> commanduser = Optional.of(config.commanduser())
                .filter(user -> !user.isEmpty() && config.commands())
                .map(user -> new CommandReceiver.Login(user, secrets.commandpassword()));
        return new MqttSettings(
                broker,
                new Publisher.Settings(
                        topics,
                        config.interval(),
                        config.refresh(),
                        config.discovery(),
                        Set.of(config.expose()),
                        state.resolve("mqtt.events")),
                config.commands(),
                commanduser,
                config.fleet());
    }

    Topics topics() {
        return publisher.topics();
    }

    private static Optional<Path> path(Path directory, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(text));
    }

    private static String hostName() {
        String name = HostName.get();
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
