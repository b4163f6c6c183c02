package org.cobnut.cli.client;

import java.util.Collection;
import java.util.Map;

/** Writes JSON as upsc -j prints it: indented by two blanks, one entry a line, every value a string. */
public final class Json {
    private Json() {}

    static String string(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\');
            if (c < 0x20) out.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
            else out.append(c);
        }
        return out.append('"').toString();
    }

    static String object(Map<String, String> entries) {
        var out = new StringBuilder("{");
        String before = "\n  ";
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            out.append(before).append(string(entry.getKey())).append(": ").append(string(entry.getValue()));
            before = ",\n  ";
        }
        return out.append("\n}\n").toString();
    }

    static String array(Collection<String> entries) {
        var out = new StringBuilder("[");
        String before = "\n  ";
        for (String entry : entries) {
            out.append(before).append(string(entry));
            before = ",\n  ";
        }
        return out.append("\n]\n").toString();
    }
}
