package org.cobnut.solo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.junit.jupiter.api.Test;

class SingleDeviceTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Snapshot STARTING = Snapshot.empty(NOW, new Health.Starting());

    private static final Map<String, String> U = Map.of(DeviceService.NAME, "u");

    private final List<String> news = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void servesOnceTheDeviceAnswers() {
        var single = single(new DriverTask.Serve());
        single.changed("u", STARTING, fresh("OL"));
        single.changed("u", fresh("OL"), fresh("OB"));
        assertThat(news).containsExactly("serving");
    }

    @Test
    void failsWhenTheDeviceCannotBeOpenedAtTheStart() {
        var single = single(new DriverTask.Serve());
        single.changed("u", STARTING, lost());
        assertThat(news).containsExactly("failed");
    }

    @Test
    void servesADeviceThatIsOpenAndHasNoTrueValuesYet() {
        var single = single(new DriverTask.Serve());
        single.changed("u", STARTING, stale());
        single.changed("u", stale(), fresh("OL"));
        assertThat(news).containsExactly("serving");
    }

    @Test
    void dumpsOnlyTrueValuesWhereTheyComeInTime() throws Exception {
        var single = single(new DriverTask.Dump(1));
        single.addDevice(new Device(fresh("OL"), Outcome.handled()), U);
        single.changed("u", STARTING, stale());
        assertThat(news).isEmpty();
        single.changed("u", stale(), fresh("OL"));
        assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(news).containsExactly("done");
    }

    @Test
    void whatBecomesOfADeviceBelowOursIsNotItsNews() {
        var single = single(new DriverTask.Serve());
        single.changed("below", STARTING, lost());
        single.changed("below", lost(), fresh("OL"));
        assertThat(news).isEmpty();
    }

    @Test
    void goesOnWhenTheDeviceIsLostLater() {
        var single = single(new DriverTask.Serve());
        single.changed("u", STARTING, fresh("OL"));
        single.changed("u", fresh("OL"), lost());
        assertThat(news).containsExactly("serving");
    }

    @Test
    void dumpsAsUpscDoes() throws Exception {
        var single = single(new DriverTask.Dump(1));
        single.addDevice(new Device(fresh("OL"), Outcome.handled()), U);
        single.changed("u", STARTING, fresh("OL"));
        assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("ups.status: OL\n");
        assertThat(news).containsExactly("done");
    }

    @Test
    void switchesTheLoadOff() {
        var device = new Device(fresh("OL"), Outcome.handled());
        var single = single(new DriverTask.Killpower());
        single.addDevice(device, U);
        single.changed("u", STARTING, fresh("OL"));
        assertThat(device.asked).containsExactly("driver.flag.allow_killpower=1", "driver.killpower");
        assertThat(news).containsExactly("done");
    }

    @Test
    void failsWhenTheLoadCannotBeSwitchedOff() {
        var single = single(new DriverTask.Killpower());
        single.addDevice(new Device(fresh("OL"), Outcome.unknown()), U);
        single.changed("u", STARTING, fresh("OL"));
        assertThat(news).containsExactly("failed");
    }

    private SingleDevice single(DriverTask task) {
        return new SingleDevice(
                "u",
                task,
                () -> news("failed"),
                () -> news("serving"),
                () -> news("done"),
                new PrintStream(out, true, StandardCharsets.US_ASCII));
    }

    private void news(String what) {
        news.add(what);
        end.countDown();
    }

    private static Snapshot fresh(String status) {
        var variables = new TreeMap<>(Map.of("ups.status", new Variable("ups.status", status, VarType.READ_ONLY)));
        return new Snapshot(NOW, new Health.Fresh(), variables, new TreeSet<>());
    }

    private static Snapshot stale() {
        return Snapshot.empty(NOW, new Health.Stale(NOW, "waits"));
    }

    private static Snapshot lost() {
        return Snapshot.empty(NOW, new Health.Reconnecting(NOW, "no such file", Instant.MAX));
    }

    private record Device(Snapshot snapshot, Outcome outcome, List<String> asked) implements DeviceService {
        Device(Snapshot snapshot, Outcome outcome) {
            this(snapshot, outcome, new ArrayList<>());
        }

        @Override
        public CompletionStage<Outcome> set(String variable, String value) {
            asked.add(variable + "=" + value);
            return CompletableFuture.completedFuture(Outcome.handled());
        }

        @Override
        public CompletionStage<Outcome> run(String command, String argument) {
            asked.add(command);
            return CompletableFuture.completedFuture(outcome);
        }
    }
}
