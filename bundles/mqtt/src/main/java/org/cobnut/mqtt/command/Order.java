package org.cobnut.mqtt.command;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;

/**
 * What a message asks for.
 *
 * @param what the command or the variable
 * @param value what stands behind it; empty for none
 * @param user who asks; empty for nobody
 * @param id what the sender knows the answer by; empty for nothing
 */
record Order(boolean set, String ups, String what, String value, String user, String password, String id) {
    /** Reads the JSON of a message. */
    static Optional<Order> parse(boolean set, String ups, String text) {
        try {
            if (!(JsonParser.parseString(text) instanceof JsonObject json)) return Optional.empty();
            String what = text(json, set ? "variable" : "command");
            if (what.isEmpty()) return Optional.empty();
            return Optional.of(new Order(
                    set,
                    ups,
                    what,
                    text(json, set ? "value" : "argument"),
                    text(json, "user"),
                    text(json, "password"),
                    text(json, "id")));
        } catch (JsonParseException | StackOverflowError notJson) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /** Says nothing secret. */
    @Override
    public String toString() {
        return (set ? "set " : "run ") + what + " of " + ups + " for " + user;
    }
}
