package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the commands of a page: the lines behind a {@code $} in a block of code, or else all of a block that is not marked as
 * something else: by a language behind its fence, or by a first line that is one of a file or of a log.
 */
final class PageCommands {
    private static final Pattern DATA = Pattern.compile("^(\\[|@|\\d{4}-|[^ ]+: ?|[^ ]+ : |[\\w.]+ = |-include).*");
    private static final Pattern DRAWING = Pattern.compile("[│►▼◄]");
    private static final Pattern HERE = Pattern.compile("<<(\\w+)");
    private static final String INDENT = "    ";

    private final List<Command> commands = new ArrayList<>();
    private final String page;

    /** One command, which may have several lines. */
    record Command(String page, int line, String text) {
        @Override
        public String toString() {
            return page + ":" + line + ": " + text;
        }
    }

    private record Line(int number, String text) {}

    private PageCommands(String page) {
        this.page = page;
    }

    static List<Command> of(Path root, Path page) throws IOException {
        var found = new PageCommands(root.relativize(page).toString());
        found.read(Files.readAllLines(page));
        return found.commands;
    }

    private void read(List<String> lines) {
        var block = new ArrayList<Line>();
        String fence = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                if ("```".equals(fence) || fence == null) end(block);
                block.clear();
                fence = fence == null ? line : null;
            } else if (fence != null) {
                block.add(new Line(i + 1, line));
            } else if (line.startsWith(INDENT)) {
                block.add(new Line(i + 1, line.substring(INDENT.length())));
            } else if (!line.isBlank() || block.isEmpty()) {
                end(block);
            }
        }
        end(block);
    }

    private void end(List<Line> block) {
        if (block.stream().anyMatch(line -> line.text().startsWith("$ "))) {
            for (Line line : block)
                if (line.text().startsWith("$ "))
                    commands.add(new Command(page, line.number(), line.text().substring(2)));
        } else if (isOfCommands(block)) {
            commands(block);
        }
        block.clear();
    }

    private static boolean isOfCommands(List<Line> block) {
        String first = block.stream()
                .map(Line::text)
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElse("x: ");
        return !DATA.matcher(first).matches()
                && block.stream().noneMatch(line -> DRAWING.matcher(line.text()).find());
    }

    /** A command goes on behind a backslash, and to the end of a document that stands below it. */
    private void commands(List<Line> block) {
        String document = null;
        boolean goesOn = false;
        for (Line line : block) {
            if (document != null || goesOn) {
                Command last = commands.remove(commands.size() - 1);
                commands.add(new Command(page, last.line(), last.text() + '\n' + line.text()));
                if (line.text().equals(document)) document = null;
            } else if (!line.text().isBlank() && !line.text().startsWith("#")) {
                commands.add(new Command(page, line.number(), line.text()));
            }
            goesOn = line.text().endsWith("\\");
            Matcher here = HERE.matcher(line.text());
            if (here.find()) document = here.group(1);
        }
    }
}
