package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One outage, watched by Debian's upsmon and by ours at once: the same notices in the same order at the same time. */
class SideBySideIT {
    private static final Path FILES = Path.of("src/test/resources/sidebyside");
    private static final String PRIMARY = "first firstpass primary";
    private static final String SECONDARY = "second secondpass secondary";
    /** A second, and a poll. */
    private static final long NEAR = 2000;
    /** NOTIFYCMDs of one moment run at once, and may write in any order. */
    private static final long AT_ONCE = 500;

    private static final String OUTAGE = """
            ups.status: OB
            TIMER 3
            ups.status: OL
            TIMER 3
            ups.status: OB
            TIMER 3
            ups.status: OB LB
            """;

    @BeforeAll
    static void there() {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(DebianServer.installed()).isTrue();
    }

    @Test
    void primariesTellTheSameAndGoDownTogether() throws Exception {
        outage(PRIMARY, PRIMARY, "ONBATT", "ONLINE", "ONBATT", "LOWBATT", "FSD", "SHUTDOWN");
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void ourSecondaryObeysDebiansPrimary() throws Exception {
        outage(PRIMARY, SECONDARY, "ONBATT", "ONLINE", "ONBATT", "LOWBATT", "FSD", "SHUTDOWN");
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void debiansSecondaryObeysOurPrimary() throws Exception {
        outage(SECONDARY, PRIMARY, "ONBATT", "ONLINE", "ONBATT", "LOWBATT", "FSD", "SHUTDOWN");
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void secondariesAloneWaitForHostsync() throws Exception {
        outage(SECONDARY, SECONDARY, "ONBATT", "ONLINE", "ONBATT", "LOWBATT", "SHUTDOWN");
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void aDriverThatStandsStillIsLostAndFoundByBoth() throws Exception {
        try (var pair = new Pair(SECONDARY, SECONDARY)) {
            pair.stage.driver("STOP");
            pair.await("COMMBAD");
            pair.stage.driver("CONT");
            pair.await("COMMOK");
            pair.stage.says("OL RB");
            pair.await("REPLBATT");
            pair.compare("COMMBAD", "COMMOK", "REPLBATT");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void aDriverThatDiesOnBatteryIsTheEndForBoth() throws Exception {
        try (var pair = new Pair(PRIMARY, PRIMARY)) {
            pair.stage.says("OB");
            pair.await("ONBATT");
            pair.stage.driver("STOP");
            pair.awaitDown();
            pair.compare("ONBATT", "COMMBAD", "FSD", "SHUTDOWN");
        }
    }

    private static void outage(String debians, String ours, String... notices) throws Exception {
        try (var pair = new Pair(debians, ours)) {
            pair.stage.plays(OUTAGE);
            pair.awaitDown();
            pair.compare(notices);
        }
    }

    /** What one of them told, and at which millisecond. */
    private record Told(String type, long at) {}

    /** Both, over one UPS. */
    private static final class Pair implements AutoCloseable {
        final Stage stage = new Stage();
        private final House debian;
        private final House ours;
        private final boolean primary;
        private final List<Process> running = new ArrayList<>();

        Pair(String debianRole, String ourRole) throws IOException {
            primary = debianRole.equals(PRIMARY);
            debian = house(debianRole);
            ours = house(ourRole);
            running.add(debian.start("/lib/nut/upsmon", "-p", "-F", "-u", House.user()));
            running.add(ours.start(CobnutServer.program("upsmon"), "-F"));
            try {
                stage.awaitLogins(2);
            } catch (IllegalStateException late) {
                String said = said();
                close();
                throw new IllegalStateException(said, late);
            }
        }

        private House house(String role) throws IOException {
            var house = new House(FILES, stage.places("WHO", role));
            assertThat(house.dir.resolve("notify").toFile().setExecutable(true)).isTrue();
            return house;
        }

        void await(String type) {
            for (House house : List.of(debian, ours))
                House.waitFor(() -> house.text("notices").contains(" " + type + "\n"), this::said);
        }

        void awaitDown() throws IOException {
            for (House house : List.of(debian, ours)) {
                House.waitFor(() -> house.text("down").equals("down\n"), this::said);
                assertThat(Files.readString(house.dir.resolve("killpower"))).isEqualTo("upsmon-shutdown-file");
            }
            for (Process each : running) assertThat(House.end(each)).as(said()).isZero();
        }

        /** These notices, in this order, of both; but a primary of 2.8.0 gives none of an FSD that it sets itself. */
        void compare(String... types) {
            List<Told> own = told(ours, types);
            List<Told> theirs = told(
                    debian,
                    Stream.of(types)
                            .filter(type -> !(type.equals("FSD") && primary))
                            .toArray(String[]::new));
            var match = theirs.iterator();
            for (Told each : own) {
                if (each.type().equals("FSD") && primary) continue;
                long at = match.next().at();
                assertThat(each.at()).as("%s%n%s%n%s", each, theirs, own).isBetween(at - NEAR, at + NEAR);
            }
        }

        /** What one told, in that order, which is also the order of time. */
        private List<Told> told(House house, String... types) {
            House.waitFor(() -> house.text("notices").lines().count() >= types.length, this::said);
            var left = new ArrayList<Told>();
            house.text("notices").lines().forEach(line -> {
                String[] words = line.split(" ");
                left.add(new Told(words[1], Long.parseLong(words[0])));
            });
            var inOrder = new ArrayList<Told>();
            for (String type : types) {
                Told next = left.stream()
                        .filter(each -> each.type().equals(type))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + type + ": " + said()));
                left.remove(next);
                if (!inOrder.isEmpty())
                    assertThat(next.at() + AT_ONCE)
                            .as(this::said)
                            .isGreaterThanOrEqualTo(
                                    inOrder.get(inOrder.size() - 1).at());
                inOrder.add(next);
            }
            assertThat(left).as(this::said).isEmpty();
            return inOrder;
        }

        private String said() {
            return "Debian's: %s%s%nours: %s%s%n%s"
                    .formatted(debian.text("notices"), debian.said(), ours.text("notices"), ours.said(), stage.said());
        }

        @Override
        public void close() throws IOException {
            running.forEach(Process::destroy);
            running.forEach(House::end);
            debian.close();
            ours.close();
            stage.close();
        }
    }
}
