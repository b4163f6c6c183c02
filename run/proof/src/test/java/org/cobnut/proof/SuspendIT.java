package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** upsmon, alone and in the runtime, on a bus of dbus-daemon's where Python says what logind says of sleep. */
@Execution(ExecutionMode.CONCURRENT)
class SuspendIT {
    private static final Path FILES = Path.of("src/test/resources/suspend");
    private static final String LOCKED = "locked sleep:shutdown upsmon delay";
    private static final String UNLOCKED = "unlocked";

    @BeforeAll
    static void there() {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianServer.installed()).isTrue();
        for (String program : List.of("dbus-daemon", "dbus-monitor", "systemd-inhibit"))
            assumeThat(Path.of("/usr/bin", program)).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsmon -F", "cobnut run"})
    void sleepWaitsUntilPeopleAreToldAndLosesNoUps(String program) throws Exception {
        try (var stage = new Stage();
                var house = new House(FILES, stage.places())) {
            assertThat(house.dir.resolve("notify").toFile().setExecutable(true)).isTrue();
            try (var logind = new Logind(house)) {
                String[] words = program.split(" ");
                Process upsmon = house.start(
                        "/usr/bin/env",
                        "DBUS_SYSTEM_BUS_ADDRESS=" + logind.address(),
                        CobnutServer.program(words[0]),
                        words[1]);
                try {
                    stage.awaitLogins(1);
                    logind.says(LOCKED);
                    sleeps(stage, house, logind);
                    isHeardAgain(upsmon, logind);
                    stage.says("OB LB");
                    stage.await("OB LB");
                    endsWithTheMachine(house, logind);
                    endsWith(upsmon);
                } finally {
                    upsmon.destroyForcibly();
                    House.end(upsmon);
                }
            }
        }
    }

    private static void sleeps(Stage stage, House house, Logind logind) throws IOException {
        logind.order("sleep true");
        logind.says(UNLOCKED);
        assertThat(house.text("notices")).isEqualTo("SUSPEND_STARTING OS is entering sleep\n");
        stage.says("OB");
        stage.await("OB");
        logind.order("sleep false");
        logind.says(LOCKED);
        // Nothing else would have looked at it for ten minutes. The two scripts run at once, and may write in any
        // order.
        House.waitFor(
                () -> types(house).stream()
                        .sorted()
                        .toList()
                        .equals(List.of("ONBATT", "SUSPEND_FINISHED", "SUSPEND_STARTING")),
                () -> house.text("notices") + house.said());
    }

    /** Who holds the lock, and then who listens, is killed, and comes again. */
    private static void isHeardAgain(Process upsmon, Logind logind) throws IOException {
        children(upsmon, "systemd-inhibit").forEach(ProcessHandle::destroyForcibly);
        logind.says(UNLOCKED);
        logind.says(LOCKED);
        children(upsmon, "dbus-monitor").forEach(ProcessHandle::destroyForcibly);
        logind.says(UNLOCKED);
        logind.says(LOCKED);
        // A shutdown that somebody else wants, and takes back.
        logind.order("shutdown true");
        logind.says(UNLOCKED);
        logind.order("shutdown false");
        logind.says(LOCKED);
    }

    /** The battery is low when it wakes up; then nothing waits for us any more. */
    private static void endsWithTheMachine(House house, Logind logind) throws IOException {
        logind.order("sleep true");
        logind.says(UNLOCKED);
        logind.order("sleep false");
        logind.says(LOCKED);
        House.waitFor(() -> house.text("down").equals("down\n"), () -> house.text("notices") + house.said());
        logind.says(UNLOCKED);
        assertThat(types(house)).doesNotContain("SUSPEND_TIMEJUMP_UNEXPECTED", "COMMBAD");
    }

    /** Nothing that it started outlives it, however it ends. */
    private static void endsWith(Process upsmon) {
        List<ProcessHandle> all = upsmon.descendants().toList();
        upsmon.destroyForcibly();
        House.waitFor(() -> all.stream().noneMatch(ProcessHandle::isAlive), () -> "still there: " + all);
    }

    private static Stream<ProcessHandle> children(Process upsmon, String program) {
        return upsmon.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/" + program));
    }

    private static List<String> types(House house) {
        return house.text("notices").lines().map(line -> line.split(" ")[0]).toList();
    }

    /** The bus, and whoever answers there for logind. */
    private static final class Logind implements AutoCloseable {
        private final House house;
        private final Process bus;
        private final Process process;
        private final BufferedReader lines;
        private final List<String> said = new ArrayList<>();

        Logind(House house) throws IOException {
            this.house = house;
            bus = house.start(
                    "dbus-daemon", "--nofork", "--nopidfile", "--config-file=" + house.dir.resolve("bus.conf"));
            House.waitFor(() -> Files.exists(house.dir.resolve("bus")), house::said);
            process = new ProcessBuilder(
                            "/usr/bin/python3", FILES.resolve("logind.py").toString(), address())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            lines = process.inputReader();
            says("ready");
        }

        String address() {
            return "unix:path=" + house.dir.resolve("bus");
        }

        void order(String words) throws IOException {
            process.outputWriter().append(words).append('\n').flush();
        }

        /** Waits for its next line. */
        void says(String line) throws IOException {
            House.waitFor(this::ready, () -> "no " + line + " behind " + said + house.said());
            said.add(lines.readLine());
            assertThat(said.get(said.size() - 1)).as(house.said()).isEqualTo(line);
        }

        private boolean ready() {
            try {
                return lines.ready();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroy();
            House.end(process);
            bus.destroy();
            House.end(bus);
        }
    }
}
