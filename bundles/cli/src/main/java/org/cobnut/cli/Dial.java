package org.cobnut.cli;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.client.Address;
import org.cobnut.client.Connection;

/** Connects as the options and the environment say. */
final class Dial {
    private static final String DEFAULT = "NUT_DEFAULT_CONNECT_TIMEOUT";

    private Dial() {}

    /** The address of a UPS; a word that is none fails in NUT's words, with what stands between its two sentences. */
    static Address ups(String text, String between) throws Failure {
        try {
            return Address.of(text);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "Error: invalid UPS definition." + between + "Required format: upsname[@hostname[:port]]");
        }
    }

    static Connection connect(Address address, Options options, Terminal terminal) throws Failure, IOException {
        if (options.has('A')
                && !options.value('A', "").equals("none")
                && !options.value('A', "").equals("default"))
            terminal.err("Credentials are not read from " + options.value('A', "") + ": use -u and -p");
        return Connection.open(address, timeout(options, terminal), Connection.REPLY);
    }

    private static Duration timeout(Options options, Terminal terminal) throws Failure {
        if (options.has('W')) {
            Duration asked = seconds(options.value('W', ""));
            if (asked.isNegative()) throw new Failure("Error: invalid network timeout: " + options.value('W', ""));
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
