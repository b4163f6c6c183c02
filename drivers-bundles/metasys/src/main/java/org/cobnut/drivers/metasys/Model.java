package org.cobnut.drivers.metasys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A model of Meta System.
 *
 * @param watts nominal power; 0 when nobody knows it
 */
record Model(String name, int watts) {
    private static final Map<Integer, Model> ALL = load();

    /** The model of a code; one that is not known is named after it. */
    static Model of(int code) {
        return ALL.getOrDefault(code, new Model("unknown (" + code + ")", 0));
    }

    private static Map<Integer, Model> load() {
        try (InputStream text = Model.class.getResourceAsStream("models.txt")) {
            if (text == null) throw new IllegalStateException("models.txt is missing");
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.US_ASCII))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 3))
                    .collect(Collectors.toUnmodifiableMap(
                            words -> Integer.valueOf(words[0]),
                            words -> new Model(words[2], Integer.parseInt(words[1]))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
