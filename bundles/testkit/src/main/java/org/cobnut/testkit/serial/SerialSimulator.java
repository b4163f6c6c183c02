package org.cobnut.testkit.serial;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A device at the far end of a serial line: what it answers, and how it fails. The same one answers in memory
 * ({@link SimulatedLine}) and on a pseudo-terminal ({@link PtyLine}), where drivers of other programs reach it too. Text has
 * one character for each byte. Safe for several threads.
 */
public abstract class SerialSimulator {
    private static final String NOISE = "\u00ff\u0000?";
    private static final int ENDLESS_LENGTH = 600;

    private static final int MOST_CHANGES = 4;
    private static final AtomicInteger SEEDS = new AtomicInteger();

    private final Random random = new Random(SEEDS.incrementAndGet());
    private final List<String> requests = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private String received = "";
    private Fault fault = Fault.NONE;
    private Consumer<String> line = text -> {};
    private boolean unplugged;

    /** How a device fails. */
    public enum Fault {
        NONE,
        /** It answers nothing. */
        SILENCE,
        /** It answers the first half. */
        HALF,
        /** Three bytes of noise stand in front of each answer. */
        NOISE,
        /** A bit in the middle of each answer is wrong. */
        CORRUPT,
        /** Each answer comes after the next request, in front of the answer to that. */
        LATE,
        /** Each request comes back in front of its answer. */
        ECHO,
        /** It sends 600 characters without an end. */
        ENDLESS,
        /** Some bytes of each answer are others, missing or twice; which ones is the same in each run. */
        MUTATED,
        /** The adapter is pulled out in the middle of an answer; until the line is opened again, on a line in memory. */
        UNPLUGGED
    }

    /**
     * Says how long the first request is.
     *
     * @param text what has arrived, at least one character
     * @return 0 while the request is not whole
     */
    protected int requestLength(String text) {
        return text.indexOf('\r') + 1;
    }

    /**
     * Answers one request.
     *
     * @param request the request, its end included
     * @return the answer in pieces; the line rests between them. Empty for silence
     */
    protected abstract List<String> answer(String request);

    /** Whether the device understands what is sent at this speed; 0 for a line that has none. */
    protected boolean hears(int speed) {
        return true;
    }

    /** What it sends by itself when the line has been quiet for a while, in pieces; for devices that do. */
    protected List<String> idle() {
        return List.of();
    }

    /** How it fails from now on. */
    public final synchronized void fault(Fault now) {
        fault = now;
    }

    /** Sends something by itself. */
    public final synchronized void send(String text) {
        line.accept(text);
    }

    /** The requests that came since the last call, without the white space at their ends. */
    public final synchronized List<String> requests() {
        List<String> all = List.copyOf(requests);
        requests.clear();
        return all;
    }

    /** Where it sends to by itself. */
    final synchronized void connect(Consumer<String> to) {
        line = to;
        received = "";
        unplugged = false;
    }

    /** Whether {@link Fault#UNPLUGGED} has happened on the line that is open. */
    final synchronized boolean unplugged() {
        return unplugged;
    }

    /** Takes what has arrived, and returns what the device sends then, in pieces. */
    final synchronized List<String> receive(String text, int speed) {
        var sent = new ArrayList<String>();
        if (!hears(speed)) return sent;
        received += text;
        while (!received.isEmpty()) {
            int length = requestLength(received);
            if (length <= 0) break;
            String request = received.substring(0, length);
            received = received.substring(length);
            requests.add(request.stripTrailing());
            sent.addAll(failing(request, answer(request)));
        }
        return sent;
    }

    /** The line has been quiet for a while; returns what the device sends then, in pieces. */
    final synchronized List<String> quiet() {
        List<String> own = idle();
        return own.isEmpty() ? own : failing("", own); // a fault of an answer is none of a device that only answers
    }

    private List<String> failing(String request, List<String> answer) {
        var sent = new ArrayList<>(late);
        late.clear();
        if (answer.isEmpty()) return sent;
        switch (fault) {
            case NONE -> sent.addAll(answer);
            case SILENCE -> {}
            case HALF -> sent.add(half(answer));
            case NOISE -> {
                sent.add(NOISE + answer.get(0));
                sent.addAll(answer.subList(1, answer.size()));
            }
            case CORRUPT -> answer.forEach(piece -> sent.add(corrupt(piece)));
            case LATE -> late.addAll(answer);
            case ECHO -> {
                sent.add(request + answer.get(0));
                sent.addAll(answer.subList(1, answer.size()));
            }
            case ENDLESS -> sent.add("x".repeat(ENDLESS_LENGTH));
            case MUTATED -> answer.forEach(piece -> sent.add(mutated(piece)));
            case UNPLUGGED -> {
                sent.add(half(answer));
                unplugged = true;
            }
        }
        return sent;
    }

    private static String half(List<String> answer) {
        return answer.get(0).substring(0, answer.get(0).length() / 2);
    }

    private String mutated(String piece) {
        var text = new StringBuilder(piece);
        for (int changes = random.nextInt(MOST_CHANGES); changes > 0 && !text.isEmpty(); changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.deleteCharAt(at);
                default -> text.insert(at, text.charAt(at));
            }
        }
        return text.toString();
    }

    private static String corrupt(String piece) {
        int middle = piece.length() / 2;
        return piece.substring(0, middle) + (char) (piece.charAt(middle) ^ 1) + piece.substring(middle + 1);
    }
}
