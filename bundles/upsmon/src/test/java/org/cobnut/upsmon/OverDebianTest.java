package org.cobnut.upsmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of upsmon over Debian's upsd and dummy-ups, up to the command that would shut down. */
class OverDebianTest {
    @TempDir
    private Path dir;

    @Test
    void tellsOfAnOutageAndGoesDownWithTheFlagFirst() throws Exception {
        try (var nut = Post.server(dir, "OL").start();
                var post = new Post(dir, nut).start()) {
            post.await(post::counted);
            assertThat(nut.client("upsc", "-c", nut.ups("ups"))).startsWith("127.0.0.1");
            Post.says(nut, "OB");
            post.await(() -> post.told("ONBATT"));
            Post.says(nut, "OL");
            post.await(() -> post.told("ONLINE"));
            Post.says(nut, "OB LB");
            post.await(() -> post.went().contains("down") && post.told("SHUTDOWN"));
            String name = nut.ups("ups");
            assertThat(post.told().lines())
                    .contains(
                            "ONBATT [%s] UPS %s on battery".formatted(name, name),
                            "LOWBATT [%s] UPS %s battery is low".formatted(name, name),
                            "FSD [%s] UPS %s: forced shutdown in progress".formatted(name, name),
                            "SHUTDOWN [] Auto logout and shutdown proceeding");
            assertThat(post.went()).isEqualTo("flagged\ndown\n");
            assertThat(Files.readString(dir.resolve("flag"))).isEqualTo("upsmon-shutdown-file");
            assertThat(nut.client("upsc", name, "ups.status")).contains("FSD");
        }
    }

    @Test
    void aServerThatStandsStillIsNoOutage() throws Exception {
        try (var nut = Post.server(dir, "OL").start();
                var post = new Post(dir, nut).start()) {
            post.await(post::counted);
            signal("STOP", nut.server());
            post.await(() -> post.told("COMMBAD"));
            long since =
                    post.state().watches().values().iterator().next().contact().good();
            post.await(() -> post.watchman().scene().orElseThrow().now() - since > Nanos.seconds(12));
            assertThat(post.state().phase()).isInstanceOf(Phase.Watching.class);
            signal("CONT", nut.server());
            post.await(() -> post.told("COMMOK"));
            assertThat(post.went()).isEmpty();
        }
    }

    @Test
    void aServerThatIsKilledOnBatteryIsDeadAfterDeadtime() throws Exception {
        try (var nut = Post.server(dir, "OB").start();
                var post = new Post(dir, nut).start()) {
            post.await(post::counted);
            post.await(() -> post.state()
                            .watches()
                            .values()
                            .iterator()
                            .next()
                            .evidence()
                            .recent()
                            .size()
                    > 1);
            nut.server().destroyForcibly();
            post.await(() -> post.went().contains("down"));
            assertThat(post.told("COMMBAD")).isTrue();
        }
    }

    @Test
    void aServerThatIsKilledAndComesBackIsLoggedInToAgain() throws Exception {
        try (var nut = Post.server(dir, "OL").start();
                var post = new Post(dir, nut).start()) {
            post.await(post::counted);
            nut.server().destroyForcibly();
            post.await(() -> post.told("COMMBAD"));
            nut.startServer();
            post.await(() -> post.told("COMMOK") && post.counted());
            assertThat(post.went()).isEmpty();
        }
    }

    @Test
    void nothingThatHangsOrFailsKeepsTheMachineUp() throws Exception {
        try (var nut = Post.server(dir, "OB LB").start();
                var post = new Post(dir, nut)
                        .with("powerdownflag", "/dev/full")
                        .with("notifycmd", new String[] {
                            new Post(dir, nut).script("hang", "exec sleep 300").toString()
                        })
                        .start()) {
            post.await(() -> post.went().contains("down"));
        } finally {
            // Nobody else's: it was started with this folder in its name.
            ProcessHandle.current()
                    .descendants()
                    .filter(OverDebianTest::sleeps)
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aNotifycmdThatCannotBeRunKeepsNothingUp() throws Exception {
        Path nobodys = Files.writeString(dir.resolve("nobodys"), "#!/bin/sh\necho ran >> " + dir + "/told\n");
        assertThat(Files.isExecutable(nobodys)).isFalse();
        try (var nut = Post.server(dir, "OB LB").start();
                var post = new Post(dir, nut)
                        .with("notifycmd", new String[] {dir.resolve("nowhere").toString()})
                        .with("minsupplies", 0)
                        .start()) {
            post.await(() -> post.state().watches().values().stream()
                    .anyMatch(watch -> watch.critical().isPresent()));
            post.with("notifycmd", new String[] {nobodys.toString()})
                    .with("minsupplies", 1)
                    .reload();
            post.await(() -> post.went().contains("down"));
            assertThat(post.told()).isEmpty();
        }
    }

    @Test
    void aLoginThatFailsIsTriedAgainWhileTheUpsIsWatched() throws Exception {
        try (var nut = Post.server(dir, "OL")
                        .users("[monitor]\npassword = other\nupsmon primary\n")
                        .start();
                var post = new Post(dir, nut).start()) {
            Post.says(nut, "OB");
            post.await(() -> post.told("ONBATT"));
            assertThat(post.counted()).isFalse();
            Files.writeString(
                    nut.confDir().resolve("upsd.users"), "[monitor]\npassword = \"mon pass\"\nupsmon primary\n");
            signal("HUP", nut.server());
            post.await(post::counted);
        }
    }

    @Test
    void anEditCountsAtOnceAndKeepsWhatIsKnown() throws Exception {
        try (var nut = Post.server(dir, "OB LB").start();
                var post = new Post(dir, nut).with("minsupplies", 0).start()) {
            post.await(() -> post.told("LOWBATT") && post.counted());
            assertThat(post.state().phase()).isInstanceOf(Phase.Watching.class);
            post.with("minsupplies", 1).reload();
            post.await(() -> post.went().contains("down"));
            assertThat(post.told().lines().filter(line -> line.startsWith("LOWBATT")))
                    .hasSize(1);
        }
    }

    @Test
    void aMachineThatCannotBeShutDownIsWatchedOn() throws Exception {
        try (var nut = Post.server(dir, "OL").start();
                var post = new Post(dir, nut, 600).with("shutdownexit", 0)) {
            post.script("down", "test -e " + dir + "/flag && echo flagged >> " + dir + "/went\nexit 7");
            post.start();
            post.await(post::counted);
            Post.says(nut, "OB LB");
            post.await(() -> post.went().contains("flagged\nflagged\n"));
            Post.says(nut, "OL");
            post.await(() -> post.state().phase() instanceof Phase.Watching);
            post.await(() -> post.counted() && !Files.exists(dir.resolve("flag")) && post.told("ONLINE"));
            long tries = post.went().lines().count();
            assertThat(nut.client("upsc", nut.ups("ups"), "ups.status")).contains("FSD OL");
            long from = post.state().at();
            post.await(() -> post.state().at() - from > Nanos.seconds(4));
            assertThat(post.went().lines()).as("an FSD that was spent").hasSize((int) tries);
            post.script("down", "test -e " + dir + "/flag && echo again >> " + dir + "/went");
            Post.says(nut, "OB LB");
            post.await(() -> post.went().endsWith("again\n"));
            assertThat(Files.readString(dir.resolve("flag"))).isEqualTo("upsmon-shutdown-file");
        }
    }

    @Test
    void anOrderedShutdownNeedsNoOutage() throws Exception {
        try (var nut = Post.server(dir, "OL").start();
                var post = new Post(dir, nut).start()) {
            post.await(post::counted);
            post.watchman().fsd();
            post.await(() -> post.went().contains("down"));
            assertThat(post.told("FSD")).isTrue();
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
