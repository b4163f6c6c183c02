package org.cobnut.upssched;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cobnut.wire.Quote;

/** A request on PIPEFN, in the grammar of the files of NUT: an action and its notice. */
record PipeRequest(Action action, Event event) {
    /** Asks for the running timers. */
    static final String LIST = "LIST-TIMERS";

    /** The line of the request; empty for an action without a timer. */
    Optional<String> line() {
        var words = new ArrayList<String>();
        if (action instanceof Action.Start start) {
            words.add(start.shared() ? "START-SHARED" : "START");
            words.add(start.timer());
            words.add(String.valueOf(start.seconds()));
        } else if (action instanceof Action.Cancel cancel) {
            words.add(cancel.matched() ? "CANCEL-MATCHED" : "CANCEL");
            words.add(cancel.timer());
            words.add(cancel.otherwise());
        } else return Optional.empty();
        words.addAll(List.of(event.type(), event.ups(), event.message()));
        return Optional.of(
                words.stream().skip(1).map(Quote::quote).collect(Collectors.joining(" ", words.get(0) + " ", "")));
    }

    /** Reads a line; before 2.8.5 it had no notice. */
    static Optional<PipeRequest> of(List<String> words) {
        if (words.size() < 3) return Optional.empty();
        var event = new Event(word(words, 3), word(words, 4), word(words, 5));
        String name = words.get(1);
        return switch (words.get(0)) {
            case "START" -> start(name, words.get(2), false, event);
            case "START-SHARED" -> start(name, words.get(2), true, event);
            case "CANCEL" -> Optional.of(new PipeRequest(new Action.Cancel(name, words.get(2), false), event));
            case "CANCEL-MATCHED" -> Optional.of(new PipeRequest(new Action.Cancel(name, words.get(2), true), event));
            default -> Optional.empty();
        };
    }

    private static Optional<PipeRequest> start(String name, String seconds, boolean shared, Event event) {
        try {
            return Optional.of(new PipeRequest(new Action.Start(name, Integer.parseInt(seconds), shared), event));
        } catch (NumberFormatException wrong) {
            return Optional.empty();
        }
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }
}
