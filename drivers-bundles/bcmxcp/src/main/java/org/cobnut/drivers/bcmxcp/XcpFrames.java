package org.cobnut.drivers.bcmxcp;

import java.io.IOException;
import org.cobnut.table.UnfitAnswerException;

/**
 * Frames of XCP. One that is sent is {@code AB length command data check}; an answer comes in one or several, each
 * {@code AB block length sequence data check}. All bytes of a frame add up to 0.
 */
final class XcpFrames {
    private static final char START = 0xAB;
    private static final int LAST = 0x80;
    private static final int LONGEST = 140;
    private static final int MOST_FRAMES = 8;
    private static final int MOST_NOISE = 128;

    private XcpFrames() {}

    static String request(String command) {
        String text = START + String.valueOf((char) command.length()) + command;
        return text + (char) (-text.chars().sum() & 0xff);
    }

    /**
     * Reads the answer to a command.
     *
     * @throws org.cobnut.link.NoAnswerException when nothing came, or too little
     * @throws UnfitAnswerException when what came does not answer it
     */
    static String answer(XcpLine line, String command) throws IOException {
        var data = new StringBuilder();
        for (int sequence = 1; sequence <= MOST_FRAMES; sequence++) {
            skipNoise(line);
            String head = line.block(3);
            int length = head.charAt(1);
            if (head.charAt(0) != block(command.charAt(0)) || length == 0 || length > LONGEST)
                throw new UnfitAnswerException("what it sends does not answer this");
            String rest = line.block(length + 1);
            if (((START + head.chars().sum() + rest.chars().sum()) & 0xff) != 0)
                throw new UnfitAnswerException("the sum of its answer is wrong");
            if ((head.charAt(2) & ~LAST) != sequence) throw new UnfitAnswerException("its answer lacks a part");
            data.append(rest, 0, length);
            if ((head.charAt(2) & LAST) != 0) return data.toString();
        }
        throw new UnfitAnswerException("its answer does not end");
    }

    private static void skipNoise(XcpLine line) throws IOException {
        for (int noise = 0; line.block(1).charAt(0) != START; noise++)
            if (noise == MOST_NOISE) throw new UnfitAnswerException("what it sends is no answer");
    }

    /** The number of the block that answers a command. */
    private static int block(char command) {
        if (command <= 0x45) return command - 0x30;
        return command == 0xA0 ? 1 : 9;
    }
}
