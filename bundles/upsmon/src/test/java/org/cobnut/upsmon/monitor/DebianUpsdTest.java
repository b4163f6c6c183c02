package org.cobnut.upsmon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.cobnut.upsmon.engine.Phase;
import org.cobnut.upsmon.time.Nanos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of upsmon over Debian's upsd and dummy-ups, up to the command that would shut down. */
class DebianUpsdTest {
    @TempDir
    private Path dir;

    @Test
    void tellsOfAnOutageAndGoesDownWithTheFlagFirst() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OL").start();
                var fixture = new MonitorFixture(dir, nut).start()) {
            fixture.await(fixture::counted);
            assertThat(nut.client("upsc", "-c", nut.ups("ups"))).startsWith("127.0.0.1");
            MonitorFixture.says(nut, "OB");
            fixture.await(() -> fixture.told("ONBATT"));
            MonitorFixture.says(nut, "OL");
            fixture.await(() -> fixture.told("ONLINE"));
            MonitorFixture.says(nut, "OB LB");
            fixture.await(() -> fixture.went().contains("down") && fixture.told("SHUTDOWN"));
            String name = nut.ups("ups");
            assertThat(fixture.told().lines())
                    .contains(
                            "ONBATT [%s] UPS %s on battery".formatted(name, name),
                            "LOWBATT [%s] UPS %s battery is low".formatted(name, name),
                            "FSD [%s] UPS %s: forced shutdown in progress".formatted(name, name),
                            "SHUTDOWN [] Auto logout and shutdown proceeding");
            assertThat(fixture.went()).isEqualTo("flagged\ndown\n");
            assertThat(Files.readString(dir.resolve("flag"))).isEqualTo("upsmon-shutdown-file");
            assertThat(nut.client("upsc", name, "ups.status")).contains("FSD");
        }
    }

    @Test
    void aServerThatStandsStillIsNoOutage() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OL").start();
                var fixture = new MonitorFixture(dir, nut).start()) {
            fixture.await(fixture::counted);
            signal("STOP", nut.server());
            fixture.await(() -> fixture.told("COMMBAD"));
            long since = fixture.state()
                    .upses()
                    .values()
                    .iterator()
                    .next()
                    .connection()
                    .good();
            fixture.await(() -> fixture.monitor().view().orElseThrow().now() - since > Nanos.seconds(12));
            assertThat(fixture.state().phase()).isInstanceOf(Phase.Monitoring.class);
            signal("CONT", nut.server());
            fixture.await(() -> fixture.told("COMMOK"));
            assertThat(fixture.went()).isEmpty();
        }
    }

    @Test
    void aServerThatIsKilledOnBatteryIsDeadAfterDeadtime() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OB").start();
                var fixture = new MonitorFixture(dir, nut).start()) {
            fixture.await(fixture::counted);
            fixture.await(() -> fixture.state()
                            .upses()
                            .values()
                            .iterator()
                            .next()
                            .history()
                            .recent()
                            .size()
                    > 1);
            nut.server().destroyForcibly();
            fixture.await(() -> fixture.went().contains("down"));
            assertThat(fixture.told("COMMBAD")).isTrue();
        }
    }

    @Test
    void aServerThatIsKilledAndComesBackIsLoggedInToAgain() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OL").start();
                var fixture = new MonitorFixture(dir, nut).start()) {
            fixture.await(fixture::counted);
            nut.server().destroyForcibly();
            fixture.await(() -> fixture.told("COMMBAD"));
            nut.startServer();
            fixture.await(() -> fixture.told("COMMOK") && fixture.counted());
            assertThat(fixture.went()).isEmpty();
        }
    }

    @Test
    void nothingThatHangsOrFailsKeepsTheMachineUp() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OB LB").start();
                var fixture = new MonitorFixture(dir, nut)
                        .with("powerdownflag", "/dev/full")
                        .with("notifycmd", new String[] {
                            new MonitorFixture(dir, nut)
                                    .script("hang", "exec sleep 300")
                                    .toString()
                        })
                        .start()) {
            fixture.await(() -> fixture.went().contains("down"));
        } finally {
            // Nobody else's: it was started with this folder in its name.
            ProcessHandle.current()
                    .descendants()
                    .filter(DebianUpsdTest::sleeps)
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aNotifycmdThatCannotBeRunKeepsNothingUp() throws Exception {
        Path nobodys = Files.writeString(dir.resolve("nobodys"), "#!/bin/sh\necho ran >> " + dir + "/told\n");
        assertThat(Files.isExecutable(nobodys)).isFalse();
        try (var nut = MonitorFixture.server(dir, "OB LB").start();
                var fixture = new MonitorFixture(dir, nut)
                        .with("notifycmd", new String[] {dir.resolve("nowhere").toString()})
                        .with("minsupplies", 0)
                        .start()) {
            fixture.await(() -> fixture.state().upses().values().stream()
                    .anyMatch(upsState -> upsState.critical().isPresent()));
            fixture.with("notifycmd", new String[] {nobodys.toString()})
                    .with("minsupplies", 1)
                    .reload();
            fixture.await(() -> fixture.went().contains("down"));
            assertThat(fixture.told()).isEmpty();
        }
    }

    @Test
    void aLoginThatFailsIsTriedAgainWhileTheUpsIsWatched() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OL")
                        .users("[monitor]\npassword = other\nupsmon primary\n")
                        .start();
                var fixture = new MonitorFixture(dir, nut).start()) {
            MonitorFixture.says(nut, "OB");
            fixture.await(() -> fixture.told("ONBATT"));
            assertThat(fixture.counted()).isFalse();
            Files.writeString(
                    nut.confDir().resolve("upsd.users"), "[monitor]\npassword = \"mon pass\"\nupsmon primary\n");
            signal("HUP", nut.server());
            fixture.await(fixture::counted);
        }
    }

    @Test
    void anEditCountsAtOnceAndKeepsWhatIsKnown() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OB LB").start();
                var fixture =
                        new MonitorFixture(dir, nut).with("minsupplies", 0).start()) {
            fixture.await(() -> fixture.told("LOWBATT") && fixture.counted());
            assertThat(fixture.state().phase()).isInstanceOf(Phase.Monitoring.class);
            fixture.with("minsupplies", 1).reload();
            fixture.await(() -> fixture.went().contains("down"));
            assertThat(fixture.told().lines().filter(line -> line.startsWith("LOWBATT")))
                    .hasSize(1);
        }
    }

    @Test
    void aMachineThatCannotBeShutDownIsWatchedOn() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OL").start();
                var fixture = new MonitorFixture(dir, nut, 600).with("shutdownexit", 0)) {
            fixture.script("down", "test -e " + dir + "/flag && echo flagged >> " + dir + "/went\nexit 7");
            fixture.start();
            fixture.await(fixture::counted);
            MonitorFixture.says(nut, "OB LB");
            fixture.await(() -> fixture.went().contains("flagged\nflagged\n"));
            MonitorFixture.says(nut, "OL");
            fixture.await(() -> fixture.state().phase() instanceof Phase.Monitoring);
            fixture.await(() -> fixture.counted() && !Files.exists(dir.resolve("flag")) && fixture.told("ONLINE"));
            long tries = fixture.went().lines().count();
            assertThat(nut.client("upsc", nut.ups("ups"), "ups.status")).contains("FSD OL");
            long from = fixture.state().at();
            fixture.await(() -> fixture.state().at() - from > Nanos.seconds(4));
            assertThat(fixture.went().lines()).as("an FSD that was spent").hasSize((int) tries);
            fixture.script("down", "test -e " + dir + "/flag && echo again >> " + dir + "/went");
            MonitorFixture.says(nut, "OB LB");
            fixture.await(() -> fixture.went().endsWith("again\n"));
            assertThat(Files.readString(dir.resolve("flag"))).isEqualTo("upsmon-shutdown-file");
        }
    }

    @Test
    void anOrderedShutdownNeedsNoOutage() throws Exception {
        try (var nut = MonitorFixture.server(dir, "OL").start();
                var fixture = new MonitorFixture(dir, nut).start()) {
            fixture.await(fixture::counted);
            fixture.monitor().fsd();
            fixture.await(() -> fixture.went().contains("down"));
            fixture.await(() -> fixture.told("FSD"));
        }
    }

    private static boolean sleeps(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.endsWith("sleep 300"))
                .isPresent();
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
