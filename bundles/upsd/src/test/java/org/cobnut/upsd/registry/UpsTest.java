package org.cobnut.upsd.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.protocol.RequestHandler;
import org.junit.jupiter.api.Test;

class UpsTest {
    private final Fixture fixture = new Fixture();

    @Test
    void aDeviceThatDoesNotAnswerIsStaleAfterMaxage() {
        fixture.show(new Health.Reconnecting(Instant.EPOCH, "no answer", Instant.EPOCH));
        assertThat(status()).contains("\"OL\"");
        pass(15);
        assertThat(status()).contains("\"OL\"");
        pass(1);
        assertThat(status()).isEqualTo("ERR DATA-STALE\n");
        fixture.show(new Health.Reconnecting(Instant.EPOCH, "still no answer", Instant.EPOCH));
        assertThat(status()).as("another failure is not another beginning").isEqualTo("ERR DATA-STALE\n");
        fixture.show(new Health.Fresh());
        assertThat(status()).contains("\"OL\"");
    }

    @Test
    void aDeviceThatThrowsEndsNothingForTheOthers() {
        fixture.registry.attach("broken", new Ups.Attached(new Throwing(), null, ""));
        fixture.registry.attach("worse", new Ups.Attached(new Throwing(), null, ""));
        fixture.registry.judge(TimeUnit.SECONDS.toNanos(15));
        fixture.show(new Health.Stale(Instant.EPOCH, "unplugged"));
        fixture.registry.judge(TimeUnit.SECONDS.toNanos(15));
        assertThat(status()).isEqualTo("ERR DATA-STALE\n");
        assertThat(fixture.say("GET VAR broken ups.status")).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
        Ups broken = fixture.registry.find("broken").orElseThrow();
        assertThat(broken.run("load.off", "")
                        .toCompletableFuture()
                        .join()
                        .code()
                        .name())
                .isEqualTo("FAILED");
        fixture.registry.detach("broken", broken.device().orElseThrow().service());
        assertThat(fixture.registry.find("broken")).isEmpty();
    }

    /** A vendor's device with a fault in every method. */
    private static final class Throwing implements DeviceService {
        @Override
        public Snapshot snapshot() {
            throw new IllegalStateException("a vendor's fault");
        }

        @Override
        public CompletionStage<Outcome> set(String variable, String value) {
            throw new IllegalStateException("a vendor's fault");
        }

        @Override
        public CompletionStage<Outcome> run(String command, String argument) {
            throw new NoClassDefFoundError("a vendor's class");
        }
    }

    @Test
    void aDriverThatSaysStaleIsBelievedAtOnce() {
        fixture.show(new Health.Stale(Instant.EPOCH, "unplugged"));
        assertThat(status()).isEqualTo("ERR DATA-STALE\n");
    }

    @Test
    void aDeviceThatNeverAnsweredIsNotConnected() {
        fixture.device.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        assertThat(status()).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void aDriverThatIsJustStartingIsWaitedForHoweverLongItWasGone() {
        fixture.device.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        fixture.registry.changed("demo", fixture.device.snapshot, fixture.device.snapshot);
        pass(60);
        fixture.show(new Health.Starting()); // what it says is WAIT, on a socket
        assertThat(status()).contains("\"OL\"");
        pass(16);
        assertThat(status()).isEqualTo("ERR DATA-STALE\n");
    }

    @Test
    void whatAnEarlierDeviceSaidIsHistoryOnceANewOneHasSpoken() {
        var next = new Fixture.Device();
        next.snapshot = fixture.device.snapshot;
        fixture.registry.attach("demo", new Ups.Attached(next, null, ""));
        next.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Reconnecting(Instant.EPOCH, "gone", Instant.EPOCH));
        assertThat(status()).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void lastValuesBridgeAShortGapOfTheDriver() {
        fixture.registry.detach("demo", fixture.device);
        assertThat(status()).contains("\"OL\"");
        pass(16);
        assertThat(status()).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
        fixture.registry.attach("demo", new Ups.Attached(fixture.device, null, ""));
        assertThat(status()).contains("\"OL\"");
    }

    @Test
    void aLateNoticeOfADeviceThatWentDoesNotTakeItsLastValuesAway() {
        Snapshot said = fixture.device.snapshot;
        fixture.registry.detach("demo", fixture.device);
        fixture.registry.changed("demo", said, said);
        assertThat(status()).contains("\"OL\"");
        pass(16);
        assertThat(status()).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void aLateNoticeOfADeviceThatWasReplacedDoesNotTakeItsLastValuesAway() {
        var next = new Fixture.Device();
        next.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        Snapshot said = fixture.device.snapshot;
        fixture.registry.attach("demo", new Ups.Attached(next, null, ""));
        fixture.registry.changed("demo", said, said);
        assertThat(status()).contains("\"OL\"");
        pass(16);
        assertThat(status()).as("nor does it count for one of the new device").isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void lastValuesBridgeTheTimeUntilTheNextDriverHasReadTheDevice() {
        var next = new Fixture.Device();
        next.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        fixture.registry.detach("demo", fixture.device);
        pass(5);
        fixture.registry.attach("demo", new Ups.Attached(next, null, ""));
        assertThat(status()).contains("\"OL\"");
        fixture.registry.detach("demo", next);
        fixture.registry.attach("demo", new Ups.Attached(next, null, ""));
        pass(10);
        assertThat(status()).contains("\"OL\"");
        pass(1);
        assertThat(status()).as("counted from when the first was lost").isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void anOlderDeviceThatGoesLateDoesNotTakeTheNewOneAlong() {
        var replacement = new Fixture.Device();
        replacement.snapshot = fixture.device.snapshot;
        fixture.registry.attach("demo", new Ups.Attached(replacement, null, ""));
        fixture.registry.detach("demo", fixture.device);
        pass(60);
        assertThat(status()).contains("\"OL\"");
    }

    @Test
    void aRemovedSectionSendsItsClientsAway() {
        var kicked = new AtomicInteger();
        var requestHandler = new RequestHandler(fixture.service, "192.0.2.9", kicked::incrementAndGet);
        fixture.say(requestHandler, "USERNAME mon", "PASSWORD pass", "LOGIN demo");
        Section section = fixture.registry.find("demo").flatMap(Ups::section).orElseThrow();
        fixture.registry.removeSection(section);
        assertThat(kicked).hasValue(1);
        assertThat(fixture.say("GET VAR demo ups.status")).isEqualTo("ERR UNKNOWN-UPS\n");
        assertThat(fixture.say("LIST UPS")).doesNotContain("demo");
    }

    @Test
    void aSectionThatIsReplacedKeepsItsLatch() {
        fixture.say("USERNAME mon", "PASSWORD pass", "FSD demo");
        Section old = fixture.registry.find("demo").flatMap(Ups::section).orElseThrow();
        fixture.registry.addSection(new Section("demo", "Renamed", 0));
        fixture.registry.removeSection(old);
        assertThat(fixture.say("GET UPSDESC demo", "GET VAR demo ups.status"))
                .isEqualTo("UPSDESC demo \"Renamed\"\nVAR demo ups.status \"FSD OL\"\n");
    }

    @Test
    void aVendorsDeviceNeedsNoSection() {
        fixture.registry.attach("vendor", new Ups.Attached(fixture.device, null, "From a vendor"));
        assertThat(fixture.say("LIST UPS")).contains("UPS vendor \"From a vendor\"\nEND LIST UPS");
        assertThat(fixture.say("GET VAR vendor ups.status")).isEqualTo("VAR vendor ups.status \"OL\"\n");
        fixture.registry.detach("vendor", fixture.device);
        assertThat(fixture.say("LIST UPS")).doesNotContain("vendor");
    }

    private String status() {
        return fixture.say("GET VAR demo ups.status");
    }

    private void pass(int seconds) {
        fixture.nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
