package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped runtime's NOTIFYCMD and upssched, over a restart and in an outage of many UPSes. */
class OutageNoticesIT {
    private static final int UPSES = 100;

    @TempDir
    private Path directory;

    @Test
    void aTimerBegunOnBatteryIsCancelledWhenMainsAreBackAfterARestart() throws Exception {
        try (var house = new House(directory)) {
            script("sched", "echo $1 >> " + directory + "/ran");
            house.write("upsmon.conf", """
                    MONITOR demo@127.0.0.1:%d 1 admin secret primary
                    SHUTDOWNCMD true
                    NOTIFYCMD /sbin/upssched
                    NOTIFYFLAG ONBATT EXEC
                    NOTIFYFLAG ONLINE EXEC
                    """.formatted(house.port()));
            house.write("upssched.conf", """
                    CMDSCRIPT %s
                    AT ONBATT * START-TIMER early 60
                    AT ONLINE * CANCEL-TIMER early
                    AT ONLINE * EXECUTE online
                    AT ONBATT demo@elsewhere EXECUTE never
                    """.formatted(directory.resolve("sched")));
            house.start("[demo]\n    driver = dummy-ups\n    port = demo.dev\n");
            house.says("upsmon watches");
            assertThat(house.program("nutctl", "plan"))
                    .anyMatch(line -> line.contains("AT ONBATT demo@elsewhere never acts"));
            house.write("demo.dev", "ups.status: OB\n");
            house.says("New timer: early");
            house.stop();
            house.write("demo.dev", "ups.status: OL\n");
            house.run();
            house.says("Cancelling timer: early");
            await(() -> text("ran").equals("online\n"));
        }
    }

    @Test
    void everyUpsOfManyIsToldOf() throws Exception {
        try (var house = new House(directory)) {
            script("notify", "echo \"$UPSNAME\" >> " + directory + "/began; sleep .5; echo >> " + directory + "/ended");
            house.write(
                    "upsmon.conf",
                    lines("MONITOR ups%d@127.0.0.1:" + house.port() + " 1 admin secret secondary")
                            + """
                    MINSUPPLIES 0
                    SHUTDOWNCMD true
                    NOTIFYCMD %s
                    NOTIFYFLAG ONBATT EXEC
                    """.formatted(directory.resolve("notify")));
            house.start(lines("[ups%d]\ndriver = dummy-ups\nport = demo.dev"));
            for (int ups : List.of(0, UPSES - 1))
                house.await("GET NUMLOGINS ups" + ups, answer -> answer.endsWith(" 1"));
            house.write("demo.dev", "ups.status: OB\n");
            await(() -> text("ended").lines().count() == UPSES);
            assertThat(text("began").lines()).hasSize(UPSES).doesNotHaveDuplicates();
        }
    }

    private static String lines(String pattern) {
        return IntStream.range(0, UPSES)
                .mapToObj(ups -> pattern.formatted(ups) + "\n")
                .collect(Collectors.joining());
    }

    private void script(String name, String lines) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + lines + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0)
                throw new AssertionError("not within 60 s: " + text("ran") + text("began"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private String text(String name) {
        try {
            Path file = directory.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
