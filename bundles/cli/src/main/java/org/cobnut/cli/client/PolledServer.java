package org.cobnut.cli.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.cobnut.cli.terminal.FailureText;
import org.cobnut.client.Address;
import org.cobnut.client.Connection;
import org.cobnut.client.NutAuth;
import org.jspecify.annotations.Nullable;

/** Represents a server that upslog polls; connects again whenever that is needed. */
public final class PolledServer implements AutoCloseable {
    private final Address address;
    private final NutAuth auth;
    private final Duration timeout;
    private final Consumer<String> warnings;
    private @Nullable Connection connection;

    public PolledServer(Address address, NutAuth auth, Duration timeout, Consumer<String> warnings) {
        this.address = address;
        this.auth = auth;
        this.timeout = timeout;
        this.warnings = warnings;
    }

    /** Connects, if there is no connection; says why not, or nothing. */
    public String connect() {
        if (connection != null && connection.usable()) return "";
        try {
            connection = Connector.connect(address, auth.of(address, Optional.empty()), timeout, warnings);
            return "";
        } catch (IOException e) {
            connection = null;
            return FailureText.reason(e);
        }
    }

    /** The connection, if there can be one. */
    public Optional<Connection> connection() {
        return connect().isEmpty() ? Optional.ofNullable(connection) : Optional.empty();
    }

    @Override
    public void close() {
        if (connection != null) connection.close();
        connection = null;
    }
}
