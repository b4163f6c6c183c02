package org.cobnut.drivers.upscode2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What the mnemonics of the protocol mean, from the files beside this class. */
final class Codes {
    private static final Map<String, String> VALUES = read("values.txt");
    private static final Map<String, String> ALARMS = read("alarms.txt");

    private Codes() {}

    /** The variable that a mnemonic tells, and behind a blank what is done to its number. */
    static Optional<String> value(String mnemonic) {
        return Optional.ofNullable(VALUES.get(mnemonic));
    }

    static Optional<String> alarm(String code) {
        return Optional.ofNullable(ALARMS.get(code));
    }

    private static Map<String, String> read(String file) {
        try (InputStream in = Objects.requireNonNull(Codes.class.getResourceAsStream(file), file);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var codes = new TreeMap<String, String>();
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(" ", 2);
                codes.put(parts[0], parts[1]);
            });
            return codes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
