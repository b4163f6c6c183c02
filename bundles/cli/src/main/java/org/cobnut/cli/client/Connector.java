package org.cobnut.cli.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.cobnut.cli.terminal.Options;
import org.cobnut.cli.terminal.Terminal;
import org.cobnut.client.Address;
import org.cobnut.client.Auth;
import org.cobnut.client.Connection;
import org.cobnut.client.NutAuth;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.ErrorText;

/** Connects to a server as the options and the environment say. */
public final class Connector {
    private static final String DEFAULT = "NUT_DEFAULT_CONNECT_TIMEOUT";

    private Connector() {}

    /** The address of a UPS; a word that is none fails in NUT's words, with what stands between its two sentences. */
    public static Address ups(String text, String between) throws ProgramFailure {
        try {
            return Address.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProgramFailure(
                    "Error: invalid UPS definition." + between + "Required format: upsname[@hostname[:port]]");
        }
    }

    /** What nutauth.conf says for a server; -A says where that file is, -u who is asking. */
    static Auth auth(Address server, Options options, Terminal terminal) throws ProgramFailure {
        Optional<String> user = options.has('u') ? Optional.of(options.value('u', "")) : Optional.empty();
        return authFile(options, terminal).of(server, user);
    }

    public static NutAuth authFile(Options options, Terminal terminal) throws ProgramFailure {
        try {
            return NutAuth.load(options.value('A', ""), terminal.environment(), terminal.confDir(), warnings(terminal));
        } catch (IOException e) {
            throw new ProgramFailure("Error: " + ErrorText.withFile(e));
        }
    }

    /** Connects; in TLS where nutauth.conf says anything of it. */
    static Connection connect(Address address, Auth auth, Options options, Terminal terminal)
            throws ProgramFailure, IOException {
        return connect(address, auth, timeout(options, terminal), warnings(terminal));
    }

    static Connection connect(Address address, Auth auth, Duration timeout, Consumer<String> warnings)
            throws IOException {
        Connection connection = Connection.open(address, timeout, Connection.REPLY, auth.tls());
        String doubt = connection.layer().isPresent() ? connection.layer().get().doubt() : "";
        if (!doubt.isEmpty() && auth.tls().certPath().isPresent())
            warnings.accept("Warning: " + address.withUps("") + " is not verified: " + doubt);
        return connection;
    }

    /** No lambda: upsc comes along here, and the first one costs as much as all the rest of it. */
    private static Consumer<String> warnings(Terminal terminal) {
        return new Consumer<>() {
            @Override
            public void accept(String line) {
                terminal.err(line);
            }
        };
    }

    /** How long a connection may take, by -W or the environment. */
    public static Duration timeout(Options options, Terminal terminal) throws ProgramFailure {
        if (options.has('W')) {
            Duration asked = seconds(options.value('W', ""));
            if (asked.isNegative())
                throw new ProgramFailure("Error: invalid network timeout: " + options.value('W', ""));
            return asked;
        }
        Duration preset = seconds(terminal.env(DEFAULT));
        return preset.isNegative() ? Connection.CONNECT : preset;
    }

    /** Seconds, with a fraction perhaps, as a duration; a negative one when the text is no such number. */
    private static Duration seconds(String text) {
        var invalid = Duration.ofMillis(-1);
        if (text.isEmpty()) return invalid;
        try {
            double seconds = Double.parseDouble(text);
            if (!(seconds >= 0)) return invalid;
            return Duration.ofMillis((long) Math.ceil(seconds * 1000));
        } catch (NumberFormatException e) {
            return invalid;
        }
    }
}
