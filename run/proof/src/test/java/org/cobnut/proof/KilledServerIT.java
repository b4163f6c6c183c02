package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * kill -9 of our upsd alone, in each step of an outage: our upsmon goes down when it must, when it must, and never for the
 * server's sake. Where it is on the way down already, no server that comes back, and has forgotten FSD, keeps it up.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledServerIT {
    private static final Path FILES = Path.of("src/test/resources/killed");
    /** Polls, NUT's second more of HOSTSYNC and of DEADTIME, and a slow machine. */
    private static final long SLOW = 8000;

    private static final int DEADTIME = 4;

    /** OBLBDURATION, HOSTSYNC or FINALDELAY, where the step is to last. */
    private static final int LASTS = 5;

    /** What upsmon has just told when the server is killed, and between which seconds from then on it goes down. */
    private enum Step {
        ON_LINE(-1, -1, ""),
        ON_BATTERY(DEADTIME - 2, DEADTIME, "ONBATT"),
        BATTERY_LOW(LASTS - 2, DEADTIME + LASTS, "ONBATT LOWBATT"),
        WAITING_FOR_SECONDARIES(0, LASTS, "ONBATT LOWBATT FSD SHUTDOWN_HOSTSYNC"),
        FINALDELAY(0, LASTS, "ONBATT LOWBATT FSD SHUTDOWN");

        final int least;
        final int most;
        private final String told;

        Step(int least, int most, String told) {
            this.least = least;
            this.most = most;
            this.told = told;
        }

        List<String> told() {
            return Stream.of(told.split(" ")).filter(type -> !type.isEmpty()).toList();
        }

        /** Times that keep the others short, and this one long enough to be met. */
        String[] places() {
            return new String[] {
                "DEADTIME", String.valueOf(DEADTIME),
                "OBLBDURATION", lasts(BATTERY_LOW),
                "HOSTSYNC", lasts(WAITING_FOR_SECONDARIES),
                "FINALDELAY", lasts(FINALDELAY)
            };
        }

        private String lasts(Step step) {
            return String.valueOf(this == step ? LASTS : 0);
        }
    }

    @BeforeAll
    static void there() {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianServer.installed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void isLivedThrough(Step step) throws Exception {
        try (var stage = new Stage(CobnutServer.program("upsd"), "-F");
                var house = house(stage, step)) {
            Process upsmon = house.start(CobnutServer.program("upsmon"), "-F");
            try {
                stage.awaitLogins(1);
                if (step == Step.WAITING_FOR_SECONDARIES)
                    try (var secondary = new Connection(stage.port())) {
                        for (String word : List.of("USERNAME second", "PASSWORD secondpass", "LOGIN box"))
                            assertThat(secondary.ask(word)).startsWith("OK");
                        killed(step, stage, house);
                    }
                else killed(step, stage, house);
            } finally {
                upsmon.destroy();
                House.end(upsmon);
            }
        }
    }

    private static void killed(Step step, Stage stage, House house) throws IOException {
        if (!step.told().isEmpty()) stage.says("OB");
        if (step.told().size() > 1) {
            await(house, "ONBATT");
            stage.says("OB LB");
        }
        step.told().forEach(type -> await(house, type));
        // One reading of OB is no outage yet; the second comes within that.
        if (step == Step.ON_BATTERY) House.pass(4000);
        assertThat(house.text("down")).as(house.said()).isEmpty();
        long killed = System.currentTimeMillis();
        stage.killServer();
        if (step == Step.ON_LINE) staysUp(stage, house);
        else goesDown(step, stage, house, killed);
    }

    private static void staysUp(Stage stage, House house) throws IOException {
        await(house, "COMMBAD");
        House.pass((DEADTIME + 3) * 1000);
        stage.startServer();
        await(house, "COMMOK");
        // Nor is a server lost that comes back in time to say that all is well.
        stage.says("OB");
        await(house, "ONBATT");
        stage.says("OL");
        stage.killServer();
        stage.startServer();
        await(house, "ONLINE");
        House.pass((DEADTIME + 2) * 1000);
        assertThat(house.text("down")).as(house.said()).isEmpty();
        stage.awaitLogins(1);
        assertThat(house.dir.resolve("killpower")).doesNotExist();
    }

    private static void goesDown(Step step, Stage stage, House house, long killed) throws IOException {
        // Whoever is on the way down is not kept by a server that knows of no FSD and no outage.
        if (step.least == 0) {
            stage.says("OL");
            stage.startServer();
        }
        House.waitFor(() -> house.text("down").endsWith("\n"), () -> house.text("notices") + house.said());
        assertThat(Long.parseLong(house.text("down").strip()) - killed)
                .as(() -> house.text("notices") + house.said())
                .isBetween(step.least * 1000L, step.most * 1000L + SLOW);
        assertThat(Files.readString(house.dir.resolve("killpower"))).isEqualTo("upsmon-shutdown-file");
        await(house, "SHUTDOWN");
    }

    private static House house(Stage stage, Step step) throws IOException {
        var house = new House(FILES, stage.places(step.places()));
        assertThat(house.dir.resolve("notify").toFile().setExecutable(true)).isTrue();
        return house;
    }

    private static void await(House house, String type) {
        House.waitFor(
                () -> house.text("notices").contains(" " + type + "\n"),
                () -> "no " + type + ": " + house.text("notices") + house.said());
    }
}
