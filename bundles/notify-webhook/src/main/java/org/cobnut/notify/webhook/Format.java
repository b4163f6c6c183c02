package org.cobnut.notify.webhook;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cobnut.notify.Message;
import org.cobnut.notify.Severity;
import org.cobnut.wire.Columns;

/** Writes a message as a service wants it. */
enum Format {
    SLACK {
        @Override
        String body(Message message) {
            // Slack reads & < > as markup, and nothing else.
            String text =
                    line(message).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            return object(Map.of("text", json(mark(message) + text)));
        }
    },
    DISCORD {
        @Override
        String body(Message message) {
            // Whatever the text holds, it calls nobody by name.
            return object(
                    ordered("content", json(mark(message) + line(message)), "allowed_mentions", "{\"parse\": []}"));
        }
    },
    NTFY {
        @Override
        String type() {
            return "text/plain; charset=utf-8";
        }

        @Override
        Map<String, String> headers(Message message) {
            return Map.of(
                    "Title",
                    (message.event() + " " + message.host()).replaceAll("[^ -~]", "?"),
                    "Priority",
                    ntfyPriority(message.severity()),
                    "Tags",
                    message.severity() == Severity.INFORMATION ? "white_check_mark" : "warning");
        }

        @Override
        String body(Message message) {
            return message.text();
        }
    },
    GOTIFY {
        @Override
        URI address(URI url) {
            String path = url.getRawPath() == null ? "" : url.getRawPath();
            return path.endsWith("/message")
                    ? url
                    : url.resolve((path.isEmpty() ? "" : path.replaceFirst("/*$", "")) + "/message");
        }

        @Override
        Map<String, String> login(String token) {
            return Map.of("X-Gotify-Key", token);
        }

        @Override
        String body(Message message) {
            return object(ordered(
                    "title",
                    json(message.event() + " " + message.host()),
                    "message",
                    json(message.text()),
                    "priority",
                    gotifyPriority(message.severity())));
        }
    },
    JSON {
        @Override
        String body(Message message) {
            var values = new LinkedHashMap<String, String>();
            values.put("event", json(message.event()));
            values.put("ups", message.ups().isEmpty() ? json(Optional.empty()) : json(message.ups()));
            values.put("text", json(message.text()));
            values.put("severity", json(message.severity().name().toLowerCase(java.util.Locale.ROOT)));
            values.put("time", json(message.at()));
            values.put("host", json(message.host()));
            return object(values);
        }
    };

    /** What is sent. */
    abstract String body(Message message);

    /** The media type of the body. */
    String type() {
        return "application/json";
    }

    /** Where it is sent, given the address in notify.conf. */
    URI address(URI url) {
        return url;
    }

    /** Headers of the message, in ASCII. */
    Map<String, String> headers(Message message) {
        return Map.of();
    }

    /** The header by which a token logs in. */
    Map<String, String> login(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static String line(Message message) {
        return (message.host() + ": " + message.text()).replaceAll("\\p{Cntrl}+", " ");
    }

    private static String mark(Message message) {
        return switch (message.severity()) {
            case INFORMATION -> "";
            case WARNING -> "\u26a0 ";
            case CRITICAL -> "\ud83d\udea8 ";
        };
    }

    private static String ntfyPriority(Severity severity) {
        return switch (severity) {
            case INFORMATION -> "3";
            case WARNING -> "4";
            case CRITICAL -> "5";
        };
    }

    private static String gotifyPriority(Severity severity) {
        return switch (severity) {
            case INFORMATION -> "4";
            case WARNING -> "6";
            case CRITICAL -> "10";
        };
    }

    private static String json(Object value) {
        return Columns.json(value);
    }

    private static Map<String, String> ordered(String... pairs) {
        var all = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) all.put(pairs[i], pairs[i + 1]);
        return all;
    }

    private static String object(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> json(entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
