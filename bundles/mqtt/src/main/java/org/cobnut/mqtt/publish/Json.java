package org.cobnut.mqtt.publish;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON. */
public final class Json {
    private Json() {}

    /** What is written. */
    @FunctionalInterface
    public interface Content {
        /** Writes it. */
        void write(JsonWriter json) throws IOException;
    }

    /** The text of it, on one line. */
    public static String text(Content content) {
        var text = new StringWriter();
        try (var json = new JsonWriter(text)) {
            content.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
