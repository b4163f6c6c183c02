package org.cobnut.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.proof.Session.Await;
import org.cobnut.proof.Session.Close;
import org.cobnut.proof.Session.Closed;
import org.cobnut.proof.Session.Cut;
import org.cobnut.proof.Session.Expect;
import org.cobnut.proof.Session.HalfClose;
import org.cobnut.proof.Session.Send;
import org.cobnut.proof.Session.Step;

/** Reads session files; their form is told in README.md beside them. */
final class SessionFile {
    private static final Path FOLDER = Path.of("src/test/sessions");
    private static final Pattern TALK = Pattern.compile("(\\d?)(>>|>|<) ?(.*)");
    private static final Pattern DEED = Pattern.compile("(cut|halfclose|close|closed)(?: (\\d))?");
    private static final Pattern AWAIT = Pattern.compile("await (?:(\\d) )?(.*)");
    private static final Pattern DIFFERENCE = Pattern.compile("([~+]) ([a-z0-9-]+)(:| cut:)? ?(.*)");

    private final Path file;
    private final List<Session> sessions = new ArrayList<>();
    private String name = "";
    private int begin;
    private List<Step> steps = new ArrayList<>();
    private TreeSet<String> differences = new TreeSet<>();

    private SessionFile(Path file) {
        this.file = file;
    }

    /** The sessions of all files, file by file. */
    static List<List<Session>> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(each -> each.toString().endsWith(".session"))
                    .sorted()
                    .map(SessionFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Session> read(Path path) {
        var file = new SessionFile(path);
        int number = 0;
        try {
            for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) file.line(++number, line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ":" + number + ": " + e.getMessage(), e);
        }
        file.end();
        return file.sessions;
    }

    private void line(int number, String line) {
        if (line.startsWith("== ")) {
            end();
            name = line.substring(3);
            begin = number;
        } else if (!line.isBlank() && !line.startsWith("#")) {
            step(line);
        }
    }

    private void end() {
        if (!name.isEmpty()) sessions.add(new Session(name, file.getFileName() + ":" + begin, steps, differences));
        steps = new ArrayList<>();
        differences = new TreeSet<>();
    }

    private void step(String line) {
        Matcher talk = TALK.matcher(line);
        Matcher deed = DEED.matcher(line);
        Matcher await = AWAIT.matcher(line);
        Matcher difference = DIFFERENCE.matcher(line);
        if (talk.matches()) talk(connection(talk.group(1)), talk.group(2), talk.group(3));
        else if (deed.matches()) steps.add(deed(deed.group(1), connection(deed.group(2))));
        else if (await.matches()) steps.add(new Await(await.group(2), new Expect(connection(await.group(1)), "", "")));
        else if (difference.matches()) differ(difference);
        else throw new IllegalArgumentException("not a step: " + line);
    }

    private void talk(int connection, String mark, String text) {
        switch (mark) {
            case ">" -> steps.add(new Send(connection, Text.unescape(text) + '\n'));
            case ">>" -> steps.add(new Send(connection, Text.unescape(text)));
            default -> reply(connection, Text.repeat(text) + '\n');
        }
    }

    private void reply(int connection, String line) {
        Step last = last();
        if (last instanceof Await await && await.answer().ours().isEmpty())
            replaceLast(new Await(await.request(), new Expect(connection, line, line)));
        else if (last instanceof Expect more && more.connection() == connection)
            replaceLast(new Expect(connection, more.ours() + line, more.debian() + line));
        else steps.add(new Expect(connection, line, line));
    }

    /** {@code ~} replaces the line above for Debian's server or, with no text, takes it away; {@code +} adds a line. */
    private void differ(Matcher difference) {
        differences.add(difference.group(2));
        boolean text = difference.group(3) != null;
        String line =
                text ? Text.repeat(difference.group(4)) + (difference.group(3).equals(":") ? "\n" : "") : "";
        boolean more = difference.group(1).equals("+");
        Step last = last();
        if (last instanceof Closed closed) replaceLast(new Closed(closed.connection(), false));
        else if (last instanceof Expect expect) replaceLast(differ(expect, more, line));
        else if (last instanceof Await await)
            replaceLast(new Await(await.request(), differ(await.answer(), more, line)));
        else throw new IllegalArgumentException("no line before it that could differ");
    }

    private static Expect differ(Expect expect, boolean more, String line) {
        String before = more ? expect.debian() : withoutLastLine(expect.debian());
        return new Expect(expect.connection(), expect.ours(), before + line);
    }

    private static String withoutLastLine(String lines) {
        return lines.substring(0, lines.lastIndexOf('\n', lines.length() - 2) + 1);
    }

    private static Step deed(String deed, int connection) {
        return switch (deed) {
            case "cut" -> new Cut();
            case "halfclose" -> new HalfClose(connection);
            case "close" -> new Close(connection);
            default -> new Closed(connection, true);
        };
    }

    private Step last() {
        return steps.isEmpty() ? new Cut() : steps.get(steps.size() - 1);
    }

    private void replaceLast(Step step) {
        steps.set(steps.size() - 1, step);
    }

    @SuppressWarnings("NullAway") // an optional group that did not take part
    private static int connection(@org.jspecify.annotations.Nullable String digit) {
        return digit == null || digit.isEmpty() ? 1 : Integer.parseInt(digit);
    }
}
