package org.cobnut.upssched;

import java.util.List;

/** What an AT line orders (upssched.conf(5)). */
sealed interface Deed {
    /**
     * A timer begins.
     *
     * @param shared whether one of that name that runs already is joined instead
     */
    record Start(String timer, int seconds, boolean shared) implements Deed {}

    /**
     * Timers end before their time.
     *
     * @param otherwise what CMDSCRIPT is told when there is none; empty for nothing
     * @param matched whether only those count that this kind of notice of this UPS began
     */
    record Cancel(String timer, String otherwise, boolean matched) implements Deed {}

    /** CMDSCRIPT is run now. */
    record Execute(String command) implements Deed {}

    /**
     * Understands a command and its arguments.
     *
     * @throws IllegalArgumentException when there is nothing to understand; the message says what is wanted
     */
    static Deed of(List<String> words) {
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

    /** As C reads it: the digits at its beginning count. */
    private static int seconds(String command, String word) {
        try {
            return Integer.parseInt(word.replaceFirst("^([+-]?\\d+).*", "$1"));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(command + " wants a name and seconds", wrong);
        }
    }
}
