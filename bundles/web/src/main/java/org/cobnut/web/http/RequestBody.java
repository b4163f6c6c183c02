package org.cobnut.web.http;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the value in the body of a request: as it stands, or, if the type is JSON, a JSON string or number. */
final class RequestBody {
    private static final int LONGEST = 4096;

    private RequestBody() {}

    /** Nothing for a body that is too long. */
    static Optional<String> of(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) return Optional.empty();
        var text = new String(bytes, StandardCharsets.UTF_8);
        String type = request.getContentType();
        return Optional.of(type != null && type.startsWith("application/json") ? value(text) : text);
    }

    private static String value(String text) {
        try {
            return JsonParser.parseString(text) instanceof JsonPrimitive value ? value.getAsString() : text;
        } catch (JsonParseException plain) {
            return text; // PeaNUT takes a bare text whatever its type
        }
    }
}
