package org.cobnut.drivers.metasys;

import java.io.IOException;
import java.time.Duration;
import org.cobnut.link.ByteLink;
import org.cobnut.table.UnfitAnswerException;
import org.cobnut.table.line.RequestLine;

/** Frames on the line: 02, the length of what follows, a command with its data, and the low byte of the sum of it. */
final class Frames implements AutoCloseable {
    private static final char START = 2;
    private static final int TRIES = 5;
    /** More zeros than a frame is long: they end whatever the UPS has heard so far. */
    private static final String FLUSH = "\0".repeat(100);

    private static final Duration WAIT = Duration.ofSeconds(1);

    private final RequestLine line;

    Frames(ByteLink link) {
        this.line = new RequestLine(link);
    }

    /** Ends whatever the UPS has heard so far. */
    void flush() throws IOException {
        line.send(FLUSH);
    }

    /** Asks a command, which changes nothing, until it is answered; the answer begins with the command. */
    String ask(int command) throws IOException {
        String question = String.valueOf((char) command);
        return RequestLine.repeat(TRIES, () -> {
            line.send(frame(question));
            String answer = answer(command, WAIT);
            // A line that repeats what is sent shows the question first.
            return answer.equals(question) ? answer(command, WAIT) : answer;
        });
    }

    /** Gives an order, once. */
    String order(String content, Duration wait) throws IOException {
        line.send(frame(content));
        return answer(content.charAt(0), wait);
    }

    private String answer(int command, Duration wait) throws IOException {
        String head = line.block(2, wait);
        if (head.charAt(0) != START || head.charAt(1) < 2) throw new UnfitAnswerException("what came is no frame");
        String rest = line.block(head.charAt(1), wait);
        String content = rest.substring(0, rest.length() - 1);
        if (!frame(content).equals(head + rest)) throw new UnfitAnswerException("the sum of its answer is wrong");
        if (content.charAt(0) != command) throw new UnfitAnswerException("its answer is one to another question");
        return content;
    }

    private static String frame(String content) {
        char length = (char) (content.length() + 1);
        return "" + START + length + content + (char) ((length + content.chars().sum()) & 0xff);
    }

    @Override
    public void close() {
        line.close();
    }
}
