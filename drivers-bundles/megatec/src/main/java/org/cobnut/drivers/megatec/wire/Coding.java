package org.cobnut.drivers.megatec.wire;

import java.util.Optional;

/** How questions and answers are written on the line. */
public enum Coding {
    /** As they are. */
    TEXT,

    /** The answer holds bytes, which are read as hexadecimal digits ({@link HexAnswer}). */
    HEX {
        @Override
        Optional<String> decode(String answer) {
            return HexAnswer.decode(answer);
        }
    },

    /** Two bytes of a check sum stand in front of each CR ({@link Crc}). */
    CRC {
        @Override
        String encode(String text) {
            return text + Crc.of(text);
        }

        @Override
        Optional<String> decode(String answer) {
            return Crc.checked(answer);
        }
    };

    /** What is sent for a text, without its CR. */
    String encode(String text) {
        return text;
    }

    /** An answer as a table reads it, its CR included; empty when it cannot be one. */
    Optional<String> decode(String answer) {
        return Optional.of(answer);
    }
}
