package org.cobnut.table.line;

import java.io.IOException;
import java.util.Optional;
import org.cobnut.model.Outcome;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a family asks questions and gives orders on its line: frames, checks and retries. Called by one thread at a time;
 * each call may block, within the deadline of the session's call.
 *
 * @param <R> a checked answer
 */
@ConsumerType
public interface LineProtocol<R> extends AutoCloseable {
    /**
     * Asks a question, again when the answer is none; a question changes nothing in the device.
     *
     * @throws org.cobnut.link.NoAnswerException when nothing came, or half of an answer
     * @throws org.cobnut.table.UnfitAnswerException when the device refused, or what came is no answer to this
     */
    R ask(String question) throws IOException;

    /** Takes a part out of an answer, numbers in decimal; empty when this answer has no such part. */
    Optional<String> part(R answer, AnswerPart part);

    /** Gives an order, once, and says what became of it. */
    Outcome give(String order, String argument) throws IOException;

    /** Gives back the line; harmless when repeated. */
    @Override
    void close();
}
