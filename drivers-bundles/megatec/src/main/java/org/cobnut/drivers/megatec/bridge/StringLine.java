package org.cobnut.drivers.megatec.bridge;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cobnut.link.NoAnswerException;
import org.cobnut.link.usb.StallException;
import org.cobnut.link.usb.UsbLink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chips that are told a command by which of their strings is read, and give the answer as that string. */
final class StringLine extends UsbTextLine {
    private static final Logger log = LoggerFactory.getLogger(StringLine.class);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final int ENGLISH = 0x0409;
    private static final int HEAD = 2;

    /** So often a chip that was not ready is asked. */
    private static final int TRIES = 10;

    /** Bytes that are asked for to wake a chip. */
    private static final int AWAKE = 1026;

    private static final String NOT_READY = "UPS No Ack";
    private static final Pattern SHUTDOWN = Pattern.compile("S(\\.\\d|\\d+)(?:R(\\d+))?");

    private final Bridge.Options options;
    private final Kind kind;
    private OptionalInt language = OptionalInt.empty();
    private Optional<String> answer = Optional.empty();

    /** Which of the strings that hunnox chips want to be read in turn is next. */
    private int step;

    /** The kinds, which differ in the strings that they have and in what they want besides. */
    @SuppressWarnings("ImmutableEnumChecker") // its maps are made by Map.of
    enum Kind {
        KRAULER(Map.of("Q1", 0x03, "F", 0x0d, "I", 0x0c, "T", 0x04, "TL", 0x05, "Q", 0x07, "C", 0x0b, "CT", 0x0b), 255),
        FABULA(Map.of("Q1", 0x03, "F", 0x0d, "I", 0x0c, "Q", 0x07, "C", 0x0a), 255),
        HUNNOX(Map.of("Q1", 0x03, "F", 0x0d, "I", 0x0c, "Q", 0x07, "C", 0x0a, "BL", 0xf3), 102),
        SNR(Map.of("Q1", 0x03, "F", 0x0d, "I", 0x0c), 102);

        private final Map<String, Integer> strings;

        /** Bytes that are asked for; more lock some of them up. */
        private final int length;

        Kind(Map<String, Integer> strings, int length) {
            this.strings = strings;
            this.length = length;
        }

        private boolean repeats() {
            return this == KRAULER || this == SNR;
        }
    }

    StringLine(UsbLink link, Bridge.Options options, Kind kind) {
        super(link);
        this.options = options;
        this.kind = kind;
    }

    @Override
    public void send(String text) throws IOException {
        String command = text.strip();
        answer = Optional.empty();
        if (language.isEmpty()) learnLanguage();
        if (kind == Kind.SNR) drain(IN, kind.length, 1, Duration.ofSeconds(1));
        OptionalInt string = string(command);
        answer = string.isEmpty() ? Optional.of(text) : read(command, string.getAsInt());
    }

    @Override
    public String receive(Duration wait) throws IOException {
        Optional<String> got = answer;
        answer = Optional.empty();
        return got.orElseThrow(() -> silent(wait));
    }

    /** Nothing for a command that the chip has no string for; it counts as one that the UPS does not know. */
    private OptionalInt string(String command) {
        Integer known = kind.strings.get(command);
        if (known != null) return OptionalInt.of(known);
        Matcher shutdown = SHUTDOWN.matcher(command);
        boolean shuts = kind == Kind.FABULA || kind == Kind.HUNNOX;
        return shuts && shutdown.matches()
                ? OptionalInt.of(shutdown(Double.parseDouble("0" + shutdown.group(1)), shutdown.group(2)))
                : OptionalInt.empty();
    }

    /** From half a minute in tenths, and from one minute in minutes, each a step of 16; 8 more to come back, after 10 s. */
    private static int shutdown(double given, @Nullable String back) {
        double minutes = Math.max(0.5, Math.min(10, given));
        int index = minutes < 1 ? 16 + (int) Math.round((minutes - 0.5) * 10) * 16 : 96 + ((int) minutes - 1) * 16;
        return back == null || Integer.parseInt(back) != 0 ? index + 8 : index;
    }

    private Optional<String> read(String command, int index) throws IOException {
        if (kind == Kind.HUNNOX) keepAwake(index);
        for (int attempt = 1; attempt <= (kind.repeats() ? TRIES : 1); attempt++) {
            Optional<String> text = text(index, kind.length);
            if (text.isEmpty()) continue;
            if (!text.get().strip().equalsIgnoreCase(NOT_READY))
                return Optional.of(kind.repeats() ? begun(command, text.get()) : text.get() + "\r");
        }
        return Optional.empty();
    }

    /** These chips send any first character; a command's answer is empty. */
    private static String begun(String command, String text) {
        return switch (command) {
            case "Q1" -> "(" + text.substring(1) + "\r";
            case "F", "I" -> "#" + text.substring(1) + "\r";
            default -> "\r";
        };
    }

    /** These chips answer a while only, unless all that they tell is read in turn. */
    private void keepAwake(int index) throws IOException {
        switch (step) {
            case 0 -> {
                text(0, AWAKE);
                text(0, AWAKE);
                text(1, AWAKE);
                pause(Duration.ofMillis(10));
            }
            case 1 -> readUnless(index, 0x0d);
            case 2 -> readUnless(index, 0x03);
            default -> {
                if (options.identity()) readUnless(index, 0x0c);
            }
        }
        step = step == 3 ? 1 : step + 1;
    }

    private void readUnless(int index, int other) throws IOException {
        if (index != other) text(other, kind.length);
    }

    /** A string without its CR; nothing when it did not come whole. */
    private Optional<String> text(int index, int length) throws IOException {
        byte[] bytes;
        try {
            bytes = link.stringDescriptor(index, language.orElse(ENGLISH), length, WAIT);
        } catch (NoAnswerException | StallException e) {
            return Optional.empty();
        }
        if (bytes.length <= HEAD || bytes.length != (bytes[0] & 0xff)) return Optional.empty();
        var text = new StringBuilder();
        for (int i = HEAD; i + 1 < bytes.length; i += 2)
            text.append(bytes[i + 1] == 0 ? (char) (bytes[i] & 0xff) : '?');
        int end = text.indexOf("\r");
        return Optional.of(end < 0 ? text.toString() : text.substring(0, end)).filter(read -> !read.isEmpty());
    }

    /** Takes the device's first language, unless the section knows better. */
    private void learnLanguage() throws IOException {
        OptionalInt told = options.language().isPresent() && !options.scan() ? OptionalInt.empty() : firstLanguage();
        if (options.language().isPresent() && told.isPresent())
            log.info(
                    "USB {}: its first language is 0x{}; option 'langid_fix' counts",
                    link.identity(),
                    Integer.toHexString(told.getAsInt()));
        language = OptionalInt.of(options.language().orElse(told.orElse(ENGLISH)));
    }

    private OptionalInt firstLanguage() throws IOException {
        try {
            byte[] bytes = link.stringDescriptor(0, 0, 255, WAIT);
            return bytes.length < HEAD + 2
                    ? OptionalInt.empty()
                    : OptionalInt.of((bytes[2] & 0xff) | ((bytes[3] & 0xff) << 8));
        } catch (NoAnswerException | StallException e) {
            return OptionalInt.empty();
        }
    }
}
