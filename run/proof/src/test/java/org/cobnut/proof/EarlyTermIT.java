package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TERM at any moment of a start ends it, as it ends what serves; nothing is left behind. */
class EarlyTermIT {
    /** With {@code -Dcobnut.long=true} every 50 ms, else some moments between the first and the last of a start. */
    private static final int[] MOMENTS = Boolean.getBoolean("cobnut.long")
            ? IntStream.iterate(0, moment -> moment <= 4000, moment -> moment + 50)
                    .toArray()
            : new int[] {50, 350, 700, 1100, 1600};

    private House house;

    @BeforeEach
    void files() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
        house.write(
                "upsmon.conf",
                "MONITOR box@127.0.0.1:@PORT@ 1 mon monpass primary\nMINSUPPLIES 1\nSHUTDOWNCMD true\n",
                Map.of());
    }

    @AfterEach
    void close() throws IOException {
        if (house != null) house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cobnut run --no-upsmon", "upsd -FF", "upsmon -F", "dummy-ups -a box -FF"})
    void endsTheStart(String line) throws Exception {
        var command = new ArrayList<>(List.of(line.split(" ")));
        command.set(0, CobnutServer.program(command.get(0)));
        for (int moment : MOMENTS) {
            Process process = house.start(command.toArray(String[]::new));
            House.pass(moment);
            process.destroy();
            boolean ended = process.waitFor(15, TimeUnit.SECONDS);
            if (!ended) process.destroyForcibly();
            assertThat(ended)
                    .as("%s ends after TERM at %d ms: %s", line, moment, house.said())
                    .isTrue();
            // For some milliseconds before it runs anything of ours, Java itself takes TERM badly.
            boolean ours = !house.said().contains("Error occurred during initialization of VM");
            if (ours) {
                assertThat(process.exitValue())
                        .as("%s, TERM at %d ms: %s", line, moment, house.said())
                        .isIn(0, 128 + 15);
                assertThat(house.said()).doesNotContain("Exception");
            }
            Files.deleteIfExists(house.log());
            try (var left = Files.list(house.dir)) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .as("%s, TERM at %d ms", line, moment)
                        .noneMatch(name -> name.endsWith(".pid") || name.startsWith("cache"));
            }
        }
    }
}
