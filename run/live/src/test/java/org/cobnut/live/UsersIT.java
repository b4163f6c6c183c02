package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user who is edited stays somebody. */
@Timeout(180)
class UsersIT {
    private static final int EDITS = 200;
    private static final String REQUEST = "SET VAR demo ups.mfr Demo";

    @TempDir
    private Path directory;

    @Test
    void aUserWhoseEntryIsEditedIsNeverUnknown() throws Exception {
        try (var house = new House(directory)) {
            house.start("[demo]\n driver = dummy-ups\n port = demo.dev\n");
            house.value("demo", "ups.status");
            var enough = new AtomicBoolean();
            try (var asking = login(house);
                    var watching = login(house)) {
                var answers = CompletableFuture.supplyAsync(() -> answers(asking, enough));
                for (int i = 0; i < EDITS; i++) {
                    boolean may = i % 2 == 0;
                    edit(house, may ? "ALL" : "test.panel.start");
                    house.await(watching, "INSTCMD demo driver.reload", answer -> answer.startsWith("OK") == may);
                }
                enough.set(true);
                assertThat(answers.get(30, TimeUnit.SECONDS)).containsOnlyKeys("OK");
            }
        }
    }

    private static void edit(House house, String commands) throws Exception {
        String text = "[admin]\n password = secret\n actions = SET\n instcmds = " + commands + "\n";
        Path next = Files.writeString(house.file("upsd.users~"), text);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r-----"));
        Files.move(next, house.file("upsd.users"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(house.pid()))
                        .start()
                        .waitFor(10, TimeUnit.SECONDS))
                .isTrue();
    }

    private static Line login(House house) throws Exception {
        Line line = house.line();
        for (String request : new String[] {"USERNAME admin", "PASSWORD secret"})
            assertThat(line.ask(request)).isEqualTo("OK");
        return line;
    }

    /** How often the server answered what. */
    private static Map<String, Integer> answers(Line line, AtomicBoolean enough) {
        var answers = new TreeMap<String, Integer>();
        try {
            while (!enough.get()) answers.merge(String.valueOf(line.ask(REQUEST)), 1, Integer::sum);
        } catch (IOException lost) {
            answers.put(lost.toString(), 1);
        }
        return answers;
    }
}
