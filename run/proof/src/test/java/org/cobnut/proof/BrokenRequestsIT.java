package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that are none get their exact answer, and hurt neither their own connection nor another. */
@ExtendWith(Servers.Resolver.class)
class BrokenRequestsIT {
    private static final Path TABLE = Path.of("src/test/sessions/broken.txt");
    private static final String ALIVE = "1.3\n";

    private record Broken(String request, String reply) {}

    @Test
    void areAnsweredAndForgotten(Servers servers) throws IOException {
        var table = table();
        assertThat(table).hasSizeGreaterThan(200);
        var softly = new SoftAssertions();
        for (Server server : servers.all()) {
            try (var other = new Connection(server.port())) {
                for (Broken each : table) ask(server, each, other, softly);
            }
        }
        softly.assertAll();
    }

    @Test
    void comeOneAfterTheOtherOnOneConnection(Servers servers) throws IOException {
        var softly = new SoftAssertions();
        for (Server server : servers.all()) {
            try (var connection = new Connection(server.port());
                    var other = new Connection(server.port())) {
                for (Broken each : table())
                    softly.assertThat(answer(connection, each, other))
                            .as(each.request())
                            .isEqualTo(each.reply() + ALIVE);
            }
        }
        softly.assertAll();
    }

    private static void ask(Server server, Broken broken, Connection other, SoftAssertions softly) throws IOException {
        try (var connection = new Connection(server.port())) {
            softly.assertThat(answer(connection, broken, other))
                    .as("%s: %s", server.name(), broken.request())
                    .isEqualTo(broken.reply() + ALIVE);
        }
    }

    /** A parse error has no answer, and takes along what was read with it. */
    private static String answer(Connection connection, Broken broken, Connection other) throws IOException {
        connection.send(Text.unescape(broken.request()) + '\n');
        var reply = new StringBuilder();
        if (broken.reply().isEmpty()) connection.awaitTaken();
        else reply.append(connection.read(Text.pattern(broken.reply())));
        String alive = other.ask("PROTVER");
        return reply + (alive.equals(ALIVE) ? connection.ask("PROTVER") : "the other connection got " + alive);
    }

    private static List<Broken> table() throws IOException {
        var table = new ArrayList<Broken>();
        for (String line : Files.readAllLines(TABLE, StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("> ")) table.add(new Broken(line.substring(2), ""));
            if (!line.startsWith("< ")) continue;
            Broken last = table.remove(table.size() - 1);
            table.add(new Broken(last.request(), last.reply() + line.substring(2) + '\n'));
        }
        return table;
    }
}
