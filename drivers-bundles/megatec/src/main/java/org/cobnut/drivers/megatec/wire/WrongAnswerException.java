package org.cobnut.drivers.megatec.wire;

import java.io.IOException;

/** What came is no answer to what was asked. The line is good. */
public final class WrongAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    private final String answer;

    WrongAnswerException(Query query, String answer) {
        super("'%s' is no answer to %s".formatted(answer.strip(), query.text()));
        this.answer = answer;
    }

    /** What came, as the question is coded where it can be, with its CR. */
    public String answer() {
        return answer;
    }
}
