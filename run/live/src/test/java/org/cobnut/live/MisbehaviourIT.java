package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a driver does, the devices of the others stay fresh, and the clients stay. */
@Timeout(180)
class MisbehaviourIT {
    private static final String SECTIONS = """
            [good]
             driver = good
             port = auto
            [demo]
             driver = dummy-ups
             port = demo.dev
            [bad]
             driver = bad
             port = auto
            """;
    private static final int GOOD = 3;
    /** MAXAGE; what is older would be stale. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** Called back in time, or told by Java itself when it was faster than that. */
    private static final String[] TOOK_TOO_MUCH = {"MB of memory, and", "OutOfMemoryError"};

    @TempDir
    private Path directory;

    private House house;

    @BeforeEach
    void build() throws Exception {
        house = new House(directory);
        new DriverJar("good", "1.0.0").into(house.driver("good.jar"));
        var more = new StringBuilder(SECTIONS);
        for (int i = 0; i < GOOD; i++) more.append("[good%d]\n driver = good\n port = auto\n".formatted(i));
        house.start(more.toString());
        house.value("good", "ups.status");
        house.value("demo", "ups.status");
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    @Test
    void oneThatThrowsIsOpenedAgainLaterAndLater() throws Exception {
        try (var others = new Others()) {
            bad("if (polls > 1) throw new IllegalStateException(\"I am broken\");");
            house.says("I am broken");
            others.stayFreshFor(Duration.ofSeconds(8));
        }
        assertThat(house.log("no answer since"))
                .as("after 1, 2, 4 seconds, not each second")
                .hasSizeBetween(2, 4);
    }

    @Test
    void oneThatEndsTheProcessIsRefusedByName() throws Exception {
        try (var others = new Others()) {
            bad("if (polls > 1) System.exit(0);");
            house.says("bundle acme.bad tried to end the whole process");
            others.stayFreshFor(Duration.ofSeconds(3));
        }
    }

    @Test
    void oneWhoseStartNeverEndsHoldsUpNobody() throws Exception {
        try (var others = new Others()) {
            new DriverJar("bad", "1.0.0")
                    .starting("while (opened.get() >= 0) Thread.onSpinWait();")
                    .into(house.driver("bad.jar"));
            house.says("bad.jar: it does not come back from its start or stop after 10 s");
            new DriverJar("late", "1.0.0").into(house.driver("late.jar"));
            house.says("late.jar: acme.late 1.0.0 runs");
            others.stayFreshFor(Duration.ofSeconds(2));
        }
    }

    @Test
    void oneThatThrowsAnErrorInItsOpeningIsNotTheEnd() throws Exception {
        try (var others = new Others()) {
            bad("if (true) throw new NoClassDefFoundError(\"acme/Missing\");");
            house.says("acme/Missing");
            others.stayFreshFor(Duration.ofSeconds(5));
        }
    }

    @Test
    void oneThatBlocksForEverAndHeedsNoInterruptIsGivenUp() throws Exception {
        try (var others = new Others()) {
            bad("if (polls > 1) new java.util.concurrent.Semaphore(0).acquireUninterruptibly();");
            house.says("a thread did not come back from poll");
            others.stayFreshFor(Duration.ofSeconds(5));
            assertThat(house.await("GET VAR bad ups.status", a -> a.startsWith("ERR")))
                    .isEqualTo("ERR DATA-STALE");
        }
    }

    @Test
    void oneThatSpinsForEverIsCalledBackFromItsLoop() throws Exception {
        try (var others = new Others()) {
            bad("while (polls > 1) try { Thread.onSpinWait(); } catch (Throwable e) { }");
            house.says("no answer to poll within 30 s");
            others.stayFreshFor(Duration.ofSeconds(5));
            assertThat(house.log("a thread did not come back")).isEmpty();
        }
    }

    @Test
    void oneThatTakesAllMemoryLosesItAgain() throws Exception {
        try (var others = new Others()) {
            bad("var all = new ArrayList<byte[]>(); while (polls > 1) all.add(new byte[1 << 20]);");
            house.says(TOOK_TOO_MUCH);
            others.stayFreshFor(Duration.ofSeconds(20));
        }
    }

    // This is what the collector is slowest with; it is called back before the heap is full.
    @Test
    void oneThatTakesAllMemoryInSmallPiecesLosesItAgain() throws Exception {
        try (var others = new Others()) {
            bad("var all = new LinkedList<Object>(); while (polls > 1) all.add(new int[4]);");
            house.says(TOOK_TOO_MUCH);
            others.stayFreshFor(Duration.ofSeconds(20));
        }
    }

    @Test
    void oneThatLeavesThreadsBehindIsReplacedAllTheSame() throws Exception {
        try (var others = new Others()) {
            new DriverJar("bad", "1.0.0").starting("""
                            for (int i = 0; i < 20; i++)
                                new Thread(() -> {
                                    try { Thread.sleep(Long.MAX_VALUE); } catch (InterruptedException e) { }
                                }, "left behind " + i).start();
                            """).into(house.driver("bad.jar"));
            assertThat(house.value("bad", "device.model")).isEqualTo("1.0.0");
            new DriverJar("bad", "1.1.0").into(house.driver("bad.jar"));
            house.await("GET VAR bad device.model", a -> a.contains("1.1.0"));
            others.stayFreshFor(Duration.ofSeconds(3));
        }
    }

    private void bad(String statements) throws Exception {
        new DriverJar("bad", "1.0.0").polling(statements).into(house.driver("bad.jar"));
    }

    /** The clients and devices that have nothing to do with it. */
    private final class Others implements AutoCloseable {
        private final String session = house.value("good", "device.serial");
        private final Pollers good = house.pollers(5, "GET VAR good ups.status");
        private final Pollers demo = house.pollers(5, "GET VAR demo ups.status");
        private final Line line = house.line();

        Others() throws Exception {
            line.ask("NETVER"); // who says nothing for some seconds is let go
        }

        /** Nothing at all happens to them. */
        void stayFreshFor(Duration time) throws Exception {
            long end = System.nanoTime() + time.toNanos();
            long changed = System.nanoTime();
            long longest = 0;
            String last = "";
            while (System.nanoTime() < end) {
                String count = line.ask("GET VAR good device.count");
                long now = System.nanoTime();
                longest = Math.max(longest, now - changed);
                if (!last.equals(count)) changed = now;
                last = count;
                House.pass(Duration.ofMillis(50));
            }
            for (int i = 0; i < GOOD; i++) goesOn("GET VAR good%d device.count".formatted(i));
            System.out.printf("longest pause of a good device: %d ms%n", TimeUnit.NANOSECONDS.toMillis(longest));
            assertThat(Duration.ofNanos(longest)).isLessThan(LONGEST_PAUSE);
            assertThat(good.answers().keySet()).containsExactly("VAR good ups.status \"OL\"");
            assertThat(demo.answers().keySet()).containsExactly("VAR demo ups.status \"OL\"");
            assertThat(good.lost() + demo.lost()).isZero();
            assertThat(house.value("good", "device.serial")).isEqualTo(session);
        }

        /** Is read again, and again. */
        private void goesOn(String request) throws Exception {
            for (int i = 0; i < 2; i++) {
                String now = line.ask(request);
                house.await(line, request, later -> later.startsWith("VAR") && !later.equals(now));
            }
        }

        @Override
        public void close() throws Exception {
            good.close();
            demo.close();
            line.close();
        }
    }
}
