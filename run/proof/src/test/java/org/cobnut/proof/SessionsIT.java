package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cobnut.proof.Player.Played;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every session gives the same bytes on both servers, but where it names a difference. */
@ExtendWith(Servers.Resolver.class)
class SessionsIT {
    private static final Path DIFFERENCES = Path.of("../../docs/differences.md");
    private static final int WIDTH = 60;

    @TestFactory
    Stream<DynamicTest> playsAlike(Servers servers) {
        return SessionFile.all().stream()
                .flatMap(List::stream)
                .map(session -> DynamicTest.dynamicTest(
                        session.where() + " " + session.name(), () -> playsAlike(session, servers.all())));
    }

    @Test
    void namesEveryDifferenceInTheDocument() throws IOException {
        var named = new TreeSet<String>();
        SessionFile.all().stream().flatMap(List::stream).forEach(each -> named.addAll(each.differences()));
        var documented = new TreeSet<String>();
        var row = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|").matcher(Files.readString(DIFFERENCES));
        while (row.find()) documented.add(row.group(1));
        assertThat(documented).isEqualTo(named);
    }

    private static void playsAlike(Session session, List<Server> servers) throws IOException {
        var columns = new ArrayList<List<String>>();
        columns.add(column("expected", Player.script(session, false)));
        boolean good = true;
        for (Server server : servers) {
            Played played = Player.play(session, server);
            good &= played.good();
            columns.add(column(server.name() + (played.good() ? "" : "  <-- WRONG"), played.lines()));
        }
        if (!good) fail(session.where() + " " + session.name() + "\n" + sideBySide(columns));
    }

    private static List<String> column(String title, List<String> lines) {
        var column = new ArrayList<String>();
        column.add(title);
        column.addAll(lines);
        return column;
    }

    private static String sideBySide(List<List<String>> columns) {
        int rows = columns.stream().mapToInt(List::size).max().orElse(0);
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (List<String> column : columns) {
                String cell = row < column.size() ? visible(column.get(row)) : "";
                text.append(cell.length() > WIDTH ? cell.substring(0, WIDTH - 1) + '~' : cell)
                        .append(" ".repeat(Math.max(0, WIDTH - cell.length())))
                        .append(" | ");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String visible(String line) {
        var text = new StringBuilder();
        line.chars().forEach(c -> text.append(c < ' ' || c > '~' ? "\\x%02x".formatted(c) : String.valueOf((char) c)));
        return text.toString();
    }
}
