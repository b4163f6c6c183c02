package org.cobnut.upssched;

import java.util.List;

/** The action of an AT line (upssched.conf(5)). */
sealed interface Action {
    /**
     * Start a timer.
     *
     * @param shared whether a running timer of that name is joined instead
     */
    record Start(String timer, int seconds, boolean shared) implements Action {}

    /**
     * Cancel timers.
     *
     * @param otherwise the argument of CMDSCRIPT when there is no such timer; empty for no run
     * @param matched whether only timers that this kind of notice of this UPS started are cancelled
     */
    record Cancel(String timer, String otherwise, boolean matched) implements Action {}

    /** Run CMDSCRIPT now. */
    record Execute(String command) implements Action {}

    /**
     * Reads a command and its arguments.
     *
     * @throws IllegalArgumentException when it is malformed; the message says what is expected
     */
    static Action of(List<String> words) {
        String command = words.get(0);
        if (words.size() < 2 || words.get(1).isEmpty()) throw new IllegalArgumentException(command + " wants a name");
        String name = words.get(1);
        String more = words.size() > 2 ? words.get(2) : "";
        return switch (command) {
            case "START-TIMER" -> new Start(name, seconds(command, more), false);
            case "START-TIMER-SHARED" -> new Start(name, seconds(command, more), true);
            case "CANCEL-TIMER" -> new Cancel(name, more, false);
            case "CANCEL-TIMER-MATCHED" -> new Cancel(name, more, true);
            case "EXECUTE" -> new Execute(name);
            default -> throw new IllegalArgumentException("unknown command '" + command + "'");
        };
    }

    /** Reads seconds as C does: the digits at the beginning count. */
    private static int seconds(String command, String word) {
        try {
            return Integer.parseInt(word.replaceFirst("^([+-]?\\d+).*", "$1"));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(command + " wants a name and seconds", wrong);
        }
    }
}
