package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * One outage for many machines on one UPS: whatever some of them do, the UPS cuts the power when all others are down, and
 * in time. The primary is ours and has the UPS; the others are ours and Debian's. Each is a {@link Machine} of its own.
 */
class OutageIT {
    private static final Path FILES = Path.of("src/test/resources/outage");
    private static final Path UPS = Path.of("../../drivers-bundles/megatec/src/test/resources");
    private static final String LINE = "(229.9 000.0 229.9 010 50.0 27.3 25.0 00001001";
    private static final String BATTERY = "(000.0 000.0 229.9 010 50.0 24.3 25.0 10001001";
    private static final String LOW = "(000.0 000.0 229.9 010 50.0 20.3 25.0 11001001";
    private static final int HOSTSYNC = 8;
    private static final int FINALDELAY = 2;
    /** Two polls, a second more of HOSTSYNC as NUT has it, and a slow machine. */
    private static final long SLOW = 7000;

    /** What becomes of a machine once it is on battery. */
    private enum Fate {
        LIVES,
        HANGS,
        DIES,
        IS_CUT_OFF
    }

    @BeforeAll
    static void there() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianServer.installed()).isTrue();
        assumeThat(Machine.possible()).as("name spaces of one's own").isTrue();
    }

    @Test
    void thePowerGoesLastThoughOneHangsAndOneIsCutOff() throws Exception {
        outage(1, List.of(Fate.LIVES, Fate.LIVES, Fate.HANGS, Fate.IS_CUT_OFF));
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void thePowerGoesLastForTwentyOfWhichSomeAreLost() throws Exception {
        var fates = new ArrayList<>(Collections.nCopies(9, Fate.LIVES));
        for (int each = 0; each < 11; each++) fates.add(2 * each % fates.size(), Fate.values()[1 + each % 3]);
        outage(5, fates);
    }

    /** Who is dead is not waited for. */
    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void thePowerGoesAsSoonAsTheLastOfTwentyIsDown() throws Exception {
        var fates = new ArrayList<>(Collections.nCopies(15, Fate.LIVES));
        for (int each = 0; each < 5; each++) fates.add(3 * each, Fate.DIES);
        outage(5, fates);
    }

    private static void outage(int ours, List<Fate> fates) throws Exception {
        try (var scene = new Scene(ours, fates)) {
            scene.battery();
            long low = System.currentTimeMillis();
            scene.says(LOW);
            long down = scene.down(scene.primary);
            boolean waits = fates.stream().anyMatch(fate -> fate == Fate.HANGS || fate == Fate.IS_CUT_OFF);
            assertThat(down - low)
                    .as(scene::said)
                    .isBetween(
                            (waits ? HOSTSYNC + FINALDELAY : FINALDELAY) * 1000L,
                            (HOSTSYNC + FINALDELAY) * 1000L + (waits ? SLOW : -1));
            scene.cutPower();
            long cut = scene.cut();
            for (Scene.Secondary each : scene.with(Fate.LIVES)) {
                // Its power stays on until it is down, and so does the primary.
                assertThat(scene.down(each.machine)).as(scene::said).isLessThan(down);
                assertThat(each.machine.house.text("notices")).contains(" FSD\n");
            }
            assertThat(cut).isGreaterThan(down);
            // Nobody tells them, but they had an outage before.
            for (Scene.Secondary each : scene.with(Fate.IS_CUT_OFF)) {
                scene.down(each.machine);
                assertThat(each.machine.house.text("notices"))
                        .as(scene::said)
                        .contains(" COMMBAD\n")
                        .doesNotContain(" FSD\n");
            }
            for (Fate fate : List.of(Fate.HANGS, Fate.DIES))
                for (Scene.Secondary each : scene.with(fate))
                    assertThat(each.machine.house.text("down")).isEmpty();
        }
    }

    /** The UPS, and the machines on it. */
    private static final class Scene implements AutoCloseable {
        final Machine primary;
        private final Machine.Lan lan = new Machine.Lan();
        private final List<Secondary> secondaries = new ArrayList<>();
        private final Process ups;
        private final BufferedReader answers;
        private final Process runtime;

        /** A machine that is supplied, and its upsmon. */
        private record Secondary(Machine machine, Process upsmon, Fate fate) {}

        Scene(int ours, List<Fate> fates) throws IOException {
            var places = Map.of("HOSTSYNC", String.valueOf(HOSTSYNC), "FINALDELAY", String.valueOf(FINALDELAY));
            primary = machine(1, "primary", places);
            ups = new ProcessBuilder(
                            "python3",
                            UPS.resolve("ups.py").toString(),
                            primary.house.dir.resolve("tty").toString(),
                            UPS.resolve("dialects/megatec.txt").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = ups.inputReader();
            assertThat(answers.readLine()).isEqualTo("ready");
            says(LINE);
            runtime = primary.start(CobnutServer.program("cobnut"), "run");
            await("VAR line ups.status \"OL\"");
            for (Fate fate : fates) {
                int number = secondaries.size();
                Machine machine = machine(2 + number, "secondary", places);
                secondaries.add(new Secondary(
                        machine,
                        watch(machine, number * ours / fates.size(), (number + 1) * ours / fates.size()),
                        fate));
            }
            await("NUMLOGINS line " + (1 + fates.size()));
        }

        private static Process watch(Machine machine, int before, int after) throws IOException {
            return before == after
                    ? machine.start("/lib/nut/upsmon", "-p", "-F", "-u", House.user())
                    : machine.start("/usr/bin/env", "COBNUT_HEAP=40m", CobnutServer.program("upsmon"), "-F");
        }

        private Machine machine(int number, String role, Map<String, String> places) throws IOException {
            var machine = new Machine(lan, number, FILES.resolve(role), places);
            assertThat(machine.house.dir.resolve("notify").toFile().setExecutable(true))
                    .isTrue();
            return machine;
        }

        /** Has everybody see the outage, and then some meet their fate. */
        void battery() throws IOException {
            says(BATTERY);
            for (Secondary each : secondaries)
                House.waitFor(() -> each.machine.house.text("notices").contains(" ONBATT\n"), this::said);
            // Ours wants to hear it twice before it counts for one that is lost then.
            House.pass(4000);
            for (Secondary each : secondaries)
                switch (each.fate) {
                    case HANGS -> each.machine.run("kill", "-STOP", String.valueOf(each.upsmon.pid()));
                    case DIES -> each.upsmon.destroyForcibly();
                    case IS_CUT_OFF -> each.machine.unplug();
                    case LIVES -> {}
                }
        }

        /** What the system of the primary does once SHUTDOWNCMD has asked for it: services end, and the last hook runs. */
        void cutPower() throws IOException {
            assertThat(order("first S")).as("no order before the end").isEqualTo("never");
            runtime.destroy();
            House.end(runtime);
            primary.run(CobnutServer.program("upsmon"), "-K");
            primary.run(CobnutServer.program("upsdrvctl"), "shutdown");
        }

        List<Secondary> with(Fate fate) {
            return secondaries.stream().filter(each -> each.fate == fate).toList();
        }

        /** When the UPS was told to cut the power. */
        long cut() throws IOException {
            return Long.parseLong(order("first S"));
        }

        /** When that machine went down. */
        long down(Machine machine) {
            House.waitFor(() -> machine.house.text("down").endsWith("\n"), this::said);
            return Long.parseLong(machine.house.text("down").strip());
        }

        void says(String status) throws IOException {
            order("says Q1 " + status);
        }

        private String order(String words) throws IOException {
            ups.outputWriter().append(words).append('\n').flush();
            return answers.readLine();
        }

        /** Asks the server in its own network until it says so. */
        private void await(String answer) {
            String ask = "exec 3<>/dev/tcp/127.0.0.1/3493; echo GET %s >&3; head -n 1 <&3"
                    .formatted(answer.replaceAll(" \\S+$", ""));
            House.waitFor(
                    () -> {
                        try {
                            return primary.house
                                    .run(primary.here("bash", "-c", ask))
                                    .out()
                                    .equals(answer + "\n");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    this::said);
        }

        String said() {
            var text = new StringBuilder(primary.house.text("notices") + primary.house.said());
            for (Secondary each : secondaries)
                text.append("%n%s: %s%s"
                        .formatted(each.fate, each.machine.house.text("notices"), each.machine.house.said()));
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            Stream.concat(Stream.of(runtime), secondaries.stream().map(Secondary::upsmon))
                    .forEach(Process::destroyForcibly);
            House.end(runtime);
            for (Secondary each : secondaries) {
                House.end(each.upsmon);
                each.machine.close();
            }
            ups.destroy();
            House.end(ups);
            primary.close();
            lan.close();
        }
    }
}
