package org.cobnut.web.http;

import com.google.gson.stream.JsonWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An answer as a whole.
 *
 * @param type the Content-Type
 */
public record Reply(int status, String type, String body) {
    private static final int OK = 200;
    private static final int TAG_BYTES = 16;

    /** Writes JSON. */
    @FunctionalInterface
    public interface Content {
        void write(JsonWriter json) throws IOException;
    }

    /** A text of any kind, with status 200. */
    public static Reply text(String type, String body) {
        return new Reply(OK, type, body);
    }

    /** JSON with status 200. */
    public static Reply json(Content content) {
        return new Reply(OK, "application/json;charset=utf-8", encode(content));
    }

    /** An error with NUT's word for it, or ours where NUT has none, and the reason in words. */
    public static Reply error(int status, String word, String reason) {
        Reply error = json(json -> json.beginObject()
                .name("error")
                .value(word)
                .name("reason")
                .value(reason)
                .endObject());
        return new Reply(status, error.type(), error.body());
    }

    /** The text of JSON, in which nothing ends a script or an attribute of HTML. */
    public static String encode(Content content) {
        var text = new StringWriter();
        var json = new JsonWriter(text);
        json.setHtmlSafe(true);
        try {
            content.write(json);
            json.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** A name for the body, which differs when the body does. */
    String tag() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException impossible) { // every Java has it
            throw new IllegalStateException(impossible);
        }
    }

    /** Sends it; nothing keeps a copy of it. */
    public void send(HttpServletResponse response) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
