package org.cobnut.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.fleet.FleetUps;
import org.cobnut.testkit.TestDevice;
import org.cobnut.testkit.mqtt.Mosquitto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Ten nodes of a thousand UPSes each in one broker, and how soon the view of all of them shows a change. */
class FleetLoadTest {
    private static final int NODES = 10;
    private static final int UPSES = 1000;
    private static final int VARIABLES = 30;
    private static final int CHANGES = 500;
    private static final int CHATTER_A_SECOND = 2000;

    @TempDir
    Path dir;

    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void showsAChangeAmongTenThousandUpsesWithinASecond() throws Exception {
        var nodes = new ArrayList<TestNode>();
        var threads = Executors.newScheduledThreadPool(1);
        try (var broker = Mosquitto.with(dir, "allow_anonymous true\nmax_queued_messages 0\n");
                var view =
                        new TestNode(dir, broker.port()).named("view").fleet().start()) {
            double empty = megabytes();
            for (int n = 0; n < NODES; n++) {
                var node = new TestNode(dir, broker.port()).named("node" + n).interval(5);
                for (int i = 0; i < UPSES; i++) node.device("ups" + i, TestDevice.of(variables(i)));
                nodes.add(node);
            }
            long began = System.nanoTime();
            nodes.forEach(TestNode::start);
            Waiting.until(() -> upses(view).size(), size -> size == NODES * UPSES);
            System.out.printf("All are shown after %.1f s%n", (System.nanoTime() - began) / 1e9);
            var chatter = new AtomicInteger();
            threads.scheduleAtFixedRate(
                    () -> {
                        for (int i = 0; i < CHATTER_A_SECOND / 20; i++) {
                            int next = chatter.incrementAndGet();
                            nodes.get(next % NODES)
                                    .change(
                                            "ups" + next / NODES % UPSES,
                                            device -> device.says(
                                                    "ups.load: " + next % 100, "battery.voltage: " + next % 50));
                        }
                    },
                    0,
                    50,
                    TimeUnit.MILLISECONDS);
            long[] latencies = new long[CHANGES];
            for (int i = 0; i < CHANGES; i++) latencies[i] = latency(nodes.get(i % NODES), i, view);
            Arrays.sort(latencies);
            System.out.printf(
                    "From a device's change to the view: median %.0f ms, 99 %% %.0f ms, most %.0f ms; load %.1f%n",
                    latencies[CHANGES / 2] / 1e6,
                    latencies[CHANGES * 99 / 100] / 1e6,
                    latencies[CHANGES - 1] / 1e6,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            assertThat(latencies[CHANGES * 99 / 100]).isLessThan(TimeUnit.SECONDS.toNanos(1));
            threads.shutdownNow();
            nodes.forEach(TestNode::close);
            nodes.clear();
            assertThat(upses(view)).hasSize(NODES * UPSES);
            System.out.printf("The view alone takes %.1f MB of heap%n", megabytes() - empty);
        } finally {
            threads.shutdownNow();
            nodes.forEach(TestNode::close);
        }
    }

    /** Of live objects. */
    private static double megabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    private static long latency(TestNode node, int number, TestNode view) {
        String ups = "ups" + number;
        String status = "OB LB " + number;
        long began = System.nanoTime();
        node.change(ups, device -> device.says("ups.status: " + status));
        while (upses(view).stream().noneMatch(each -> each.status().equals(status))) {
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(30));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return System.nanoTime() - began;
    }

    private static List<FleetUps> upses(TestNode view) {
        return view.node().fleet().orElseThrow().upses();
    }

    /** Thirty of them. */
    private static String[] variables(int number) {
        var lines = new ArrayList<>(List.of(
                "ups.status: OL",
                "ups.load: " + number % 100,
                "battery.charge: 87",
                "battery.runtime: 1800",
                "device.model: Model 1500",
                "battery.voltage: 27"));
        while (lines.size() < VARIABLES) lines.add("outlet." + lines.size() + ".current: 1");
        return lines.toArray(String[]::new);
    }
}
