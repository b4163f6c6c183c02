package org.cobnut.table.registry;

import java.nio.charset.StandardCharsets;

/**
 * The text of a mapping file.
 *
 * @param file as it is shown to people, unique
 * @param characters one for each byte
 */
record MappingText(String file, String characters) {
    static MappingText of(String file, byte[] bytes) {
        return new MappingText(file, new String(bytes, StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return characters.getBytes(StandardCharsets.ISO_8859_1);
    }
}
