package org.cobnut.driversocket;

import java.util.List;
import org.cobnut.model.Outcome;

/** The numbers that stand for outcomes on the socket (upshandler.h, the values of instcmd and setvar). */
final class OutcomeCodes {
    private static final List<Outcome.Code> BY_NUMBER = List.of(
            Outcome.Code.HANDLED,
            Outcome.Code.UNKNOWN,
            Outcome.Code.INVALID,
            Outcome.Code.FAILED,
            Outcome.Code.CONVERSION_FAILED);

    private OutcomeCodes() {}

    static int number(Outcome.Code code) {
        return BY_NUMBER.indexOf(code);
    }

    static Outcome outcome(String number) {
        if (number.length() == 1) {
            int place = number.charAt(0) - '0';
            if (place >= 0 && place < BY_NUMBER.size()) return new Outcome(BY_NUMBER.get(place), "");
        }
        return Outcome.failed("its driver answered " + number);
    }
}
