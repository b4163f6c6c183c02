package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** upsmon in the shipped runtime: its own devices, its files, and a SHUTDOWNCMD that only writes a line. */
class WatchIT {
    private static final String DEMO = "[demo]\n    driver = dummy-ups\n    port = demo.dev\n";

    @TempDir
    private Path directory;

    @Test
    void takesThisMachineDownInAnOutageAndNotBefore() throws Exception {
        try (var house = new House(directory)) {
            watch(house, "DEADTIME 5\n");
            house.start(DEMO);
            house.says("upsmon watches demo@127.0.0.1:" + house.port());
            house.await("GET NUMLOGINS demo", "NUMLOGINS demo 1"::equals);
            status(house, "OB");
            await(() -> told().contains("ONBATT demo@127.0.0.1:" + house.port()));
            assertThat(plan(house))
                    .anyMatch(line -> line.contains("(primary, power value 1): OB"))
                    .contains("It would not shut down.");
            status(house, "OL");
            await(() -> told().contains("ONLINE"));
            assertThat(went()).isEmpty();
            status(house, "OB LB");
            await(() -> went().equals("flagged\ndown\n"));
            house.await("GET VAR demo ups.status", answer -> answer.contains("FSD OB LB"));
            assertThat(house.program("nutctl", "events"))
                    .anyMatch(line -> line.contains("\tONBATT\t"))
                    .anyMatch(line -> line.contains("\tSHUTDOWN\t"));
        }
    }

    @Test
    void aBadEditChangesNothingAndAGoodOneCountsAtOnce() throws Exception {
        try (var house = new House(directory)) {
            watch(house, "NOTIFYFLAG ONLINE IGNORE\n");
            house.start(DEMO);
            house.await("GET NUMLOGINS demo", "NUMLOGINS demo 1"::equals);
            house.edit("upsmon.conf", "NOTIFYFLAG ONLINE IGNORE", "MONITOR demo@127.0.0.1 1 admin hunter2");
            house.says("upsmon.conf:8: MONITOR wants five words");
            status(house, "OB");
            await(() -> told().contains("ONBATT"));
            house.edit(
                    "upsmon.conf",
                    "MONITOR demo@127.0.0.1 1 admin hunter2",
                    "NOTIFYMSG ONLINE \"light on %s\"\nNOTIFYFLAG ONLINE EXEC");
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            status(house, "OL");
            await(() -> told().contains("light on demo@127.0.0.1"));
            assertThat(house.log()).noneMatch(line -> line.contains("hunter2") || line.contains("secret"));
            assertThat(house.program("nutctl", "config", "cobnut.upsmon"))
                    .noneMatch(line -> line.contains("secret"))
                    .anyMatch(line -> line.startsWith("deadtime") || line.startsWith("monitor"));
        }
    }

    @Test
    void rehearsesWithoutDoingAnything() throws Exception {
        try (var house = new House(directory)) {
            watch(house, "");
            house.start(DEMO);
            house.await("GET NUMLOGINS demo", "NUMLOGINS demo 1"::equals);
            assertThat(house.program("nutctl", "rehearse"))
                    .anyMatch(line -> line.contains("ONBATT"))
                    .anyMatch(line -> line.contains("FSD would be set on UPS demo@127.0.0.1"))
                    .anyMatch(line -> line.contains("would be written"))
                    .last()
                    .asString()
                    .contains("would run: " + directory.resolve("down"));
            assertThat(house.program("nutctl", "rehearse", "--json"))
                    .anyMatch(line -> line.startsWith("  {\"time\": \"0:40\", ") && line.contains("\"seconds\": 40}"));
            assertThat(house.program("nutctl", "plan", "--json"))
                    .anyMatch(
                            line -> line.contains("\"ups\": \"demo@127.0.0.1:" + house.port() + "\", \"primary\": true")
                                    && line.contains("\"status\": \"OL\", \"critical\": null"))
                    .anyMatch(line -> line.contains("\"ups\": null, \"needs\": 1, \"has\": 1, "));
            assertThat(went()).isEmpty();
            assertThat(house.value("demo", "ups.status")).isEqualTo("OL");
        }
    }

    @Test
    void watchesNothingWithoutAFileAndBeginsWhenItComes() throws Exception {
        try (var house = new House(directory)) {
            house.start(DEMO);
            house.value("demo", "ups.status");
            assertThat(plan(house)).singleElement().asString().contains("watches nothing");
            watch(house, "");
            house.await("GET NUMLOGINS demo", "NUMLOGINS demo 1"::equals);
        }
    }

    private void watch(House house, String more) throws IOException {
        script("notify", "echo \"$NOTIFYTYPE $UPSNAME $1\" >> " + directory + "/told");
        script(
                "down",
                "test -e " + directory + "/flag && echo flagged >> " + directory + "/went\necho down >> " + directory
                        + "/went");
        house.write("upsmon.conf", """
                MONITOR demo@127.0.0.1:%d 1 admin secret primary
                SHUTDOWNCMD %s
                NOTIFYCMD %s
                POWERDOWNFLAG %s
                FINALDELAY 0
                HOSTSYNC 1
                NOTIFYFLAG ONBATT EXEC
                %sNOTIFYFLAG ONLINE EXEC
                """.formatted(
                house.port(), directory.resolve("down"), directory.resolve("notify"), directory.resolve("flag"), more));
    }

    private void script(String name, String lines) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + lines + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private static void status(House house, String words) throws IOException {
        house.write("demo.dev", "ups.status: " + words + "\nups.mfr: Demo\n");
    }

    private static List<String> plan(House house) throws Exception {
        return house.program("nutctl", "plan");
    }

    private String told() {
        return text("told");
    }

    private String went() {
        return text("went");
    }

    private String text(String name) {
        try {
            return Files.exists(directory.resolve(name)) ? Files.readString(directory.resolve(name)) : "";
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
