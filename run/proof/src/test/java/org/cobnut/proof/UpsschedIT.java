package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Our upssched as the NOTIFYCMD of Debian's upsmon, with scripts that really run; and many callers at once. */
class UpsschedIT {
    private static final Path FILES = Path.of("src/test/resources/upssched");
    private static final int CALLERS = 6;

    @BeforeAll
    static void there() {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianServer.installed()).isTrue();
    }

    @Test
    void actsOnWhatDebiansUpsmonTells() throws Exception {
        try (var stage = new Stage();
                var house = house(stage)) {
            Process upsmon = house.start("/lib/nut/upsmon", "-p", "-F", "-u", House.user());
            try {
                stage.awaitLogins(1);
                String box = " [%s] [box@127.0.0.1:" + stage.places().get("SERVER") + "]\n";
                stage.says("OB");
                String ran = "battery" + box.formatted("ONBATT") + "lasting" + box.formatted("ONBATT");
                awaitRan(house, ran);
                stage.says("OB LB");
                House.waitFor(() -> timers(house).equals("long"), () -> timers(house) + house.said());
                stage.says("OL");
                // Only of a timer that was not there any more does the other command run.
                awaitRan(house, ran + "over" + box.formatted("ONLINE"));
                House.waitFor(() -> timers(house).isEmpty(), () -> timers(house));
                assertThat(keepers(house)).hasSize(1);
            } finally {
                end(house, upsmon);
            }
        }
    }

    @Test
    void manyCallersBeginOneProcess() throws Exception {
        try (var stage = new Stage();
                var house = house(stage)) {
            var callers = new ArrayList<Process>();
            try {
                for (int i = 0; i < CALLERS; i++)
                    callers.add(house.start(
                            "/usr/bin/env",
                            "NOTIFYTYPE=FSD",
                            "UPSNAME=ups" + i,
                            CobnutServer.program("upssched"),
                            "message"));
                for (Process caller : callers)
                    assertThat(House.end(caller)).as(house.said()).isZero();
                assertThat(timers(house)).isEqualTo("crowd ".repeat(CALLERS).strip());
                assertThat(keepers(house)).hasSize(1);
                assertThat(house.dir.resolve("lock")).doesNotExist();
            } finally {
                end(house, callers.toArray(Process[]::new));
            }
        }
    }

    private static House house(Stage stage) throws IOException {
        var house = new House(FILES, stage.places("UPSSCHED", CobnutServer.program("upssched")));
        assertThat(house.dir.resolve("script").toFile().setExecutable(true)).isTrue();
        return house;
    }

    private static void awaitRan(House house, String lines) {
        House.waitFor(() -> house.text("ran").equals(lines), () -> house.text("ran") + house.said());
    }

    /** The names of all timers that run. */
    private static String timers(House house) {
        try {
            List<String> names = house.run(CobnutServer.program("upssched"), "-l")
                    .out()
                    .lines()
                    .map(line -> line.split("\t")[0])
                    .toList();
            return String.join(" ", names);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The processes that keep timers for this house; they run in its directory. */
    private static List<ProcessHandle> keepers(House house) {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").endsWith("org.cobnut.upssched.Main --timers"))
                .filter(each -> directory(each).equals(house.dir))
                .toList();
    }

    static Path directory(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", String.valueOf(process.pid()), "cwd"));
        } catch (IOException gone) {
            return Path.of("");
        }
    }

    private static void end(House house, Process... processes) {
        for (Process each : processes) each.destroy();
        for (Process each : processes) House.end(each);
        for (ProcessHandle keeper : keepers(house)) {
            keeper.destroy();
            House.waitFor(() -> !keeper.isAlive(), () -> "the keeper of timers goes on");
        }
    }
}
