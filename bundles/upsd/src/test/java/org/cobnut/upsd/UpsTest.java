package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Snapshot;
import org.junit.jupiter.api.Test;

class UpsTest {
    private final House house = new House();

    @Test
    void aDeviceThatDoesNotAnswerIsStaleAfterMaxage() {
        house.show(new Health.Reconnecting(Instant.EPOCH, "no answer", Instant.EPOCH));
        assertThat(status()).contains("\"OL\"");
        pass(15);
        assertThat(status()).contains("\"OL\"");
        pass(1);
        assertThat(status()).isEqualTo("ERR DATA-STALE\n");
        house.show(new Health.Reconnecting(Instant.EPOCH, "still no answer", Instant.EPOCH));
        assertThat(status()).as("another failure is not another beginning").isEqualTo("ERR DATA-STALE\n");
        house.show(new Health.Fresh());
        assertThat(status()).contains("\"OL\"");
    }

    @Test
    void aDeviceThatThrowsEndsNothingForTheOthers() {
        house.inventory.attach("broken", new Ups.Attached(new Throwing(), null, ""));
        house.inventory.attach("worse", new Ups.Attached(new Throwing(), null, ""));
        house.inventory.judge(TimeUnit.SECONDS.toNanos(15));
        house.show(new Health.Stale(Instant.EPOCH, "unplugged"));
        house.inventory.judge(TimeUnit.SECONDS.toNanos(15));
        assertThat(status()).isEqualTo("ERR DATA-STALE\n");
        assertThat(house.say("GET VAR broken ups.status")).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
        Ups broken = house.inventory.find("broken").orElseThrow();
        assertThat(broken.run("load.off", "")
                        .toCompletableFuture()
                        .join()
                        .code()
                        .name())
                .isEqualTo("FAILED");
        house.inventory.detach("broken", broken.device().orElseThrow().service());
        assertThat(house.inventory.find("broken")).isEmpty();
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
        house.show(new Health.Stale(Instant.EPOCH, "unplugged"));
        assertThat(status()).isEqualTo("ERR DATA-STALE\n");
    }

    @Test
    void aDeviceThatNeverAnsweredIsNotConnected() {
        house.device.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        assertThat(status()).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void aDriverThatIsJustStartingIsWaitedForHoweverLongItWasGone() {
        house.device.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        house.inventory.changed("demo", house.device.snapshot, house.device.snapshot);
        pass(60);
        house.show(new Health.Starting()); // what it says is WAIT, on a socket
        assertThat(status()).contains("\"OL\"");
        pass(16);
        assertThat(status()).isEqualTo("ERR DATA-STALE\n");
    }

    @Test
    void whatAnEarlierDeviceSaidIsHistoryOnceANewOneHasSpoken() {
        var next = new House.Device();
        next.snapshot = house.device.snapshot;
        house.inventory.attach("demo", new Ups.Attached(next, null, ""));
        next.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Reconnecting(Instant.EPOCH, "gone", Instant.EPOCH));
        assertThat(status()).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void lastValuesBridgeAShortGapOfTheDriver() {
        house.inventory.detach("demo", house.device);
        assertThat(status()).contains("\"OL\"");
        pass(16);
        assertThat(status()).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
        house.inventory.attach("demo", new Ups.Attached(house.device, null, ""));
        assertThat(status()).contains("\"OL\"");
    }

    @Test
    void aLateNoticeOfADeviceThatWentDoesNotTakeItsLastValuesAway() {
        Snapshot said = house.device.snapshot;
        house.inventory.detach("demo", house.device);
        house.inventory.changed("demo", said, said);
        assertThat(status()).contains("\"OL\"");
        pass(16);
        assertThat(status()).isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void aLateNoticeOfADeviceThatWasReplacedDoesNotTakeItsLastValuesAway() {
        var next = new House.Device();
        next.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        Snapshot said = house.device.snapshot;
        house.inventory.attach("demo", new Ups.Attached(next, null, ""));
        house.inventory.changed("demo", said, said);
        assertThat(status()).contains("\"OL\"");
        pass(16);
        assertThat(status()).as("nor does it count for one of the new device").isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void lastValuesBridgeTheTimeUntilTheNextDriverHasReadTheDevice() {
        var next = new House.Device();
        next.snapshot = Snapshot.empty(Instant.EPOCH, new Health.Starting());
        house.inventory.detach("demo", house.device);
        pass(5);
        house.inventory.attach("demo", new Ups.Attached(next, null, ""));
        assertThat(status()).contains("\"OL\"");
        house.inventory.detach("demo", next);
        house.inventory.attach("demo", new Ups.Attached(next, null, ""));
        pass(10);
        assertThat(status()).contains("\"OL\"");
        pass(1);
        assertThat(status()).as("counted from when the first was lost").isEqualTo("ERR DRIVER-NOT-CONNECTED\n");
    }

    @Test
    void anOlderDeviceThatGoesLateDoesNotTakeTheNewOneAlong() {
        var replacement = new House.Device();
        replacement.snapshot = house.device.snapshot;
        house.inventory.attach("demo", new Ups.Attached(replacement, null, ""));
        house.inventory.detach("demo", house.device);
        pass(60);
        assertThat(status()).contains("\"OL\"");
    }

    @Test
    void aRemovedSectionSendsItsClientsAway() {
        var kicked = new AtomicInteger();
        var dialogue = new Dialogue(house.service, "192.0.2.9", kicked::incrementAndGet);
        house.say(dialogue, "USERNAME mon", "PASSWORD pass", "LOGIN demo");
        Section section = house.inventory.find("demo").flatMap(Ups::section).orElseThrow();
        house.inventory.removeSection(section);
        assertThat(kicked).hasValue(1);
        assertThat(house.say("GET VAR demo ups.status")).isEqualTo("ERR UNKNOWN-UPS\n");
        assertThat(house.say("LIST UPS")).doesNotContain("demo");
    }

    @Test
    void aSectionThatIsReplacedKeepsItsLatch() {
        house.say("USERNAME mon", "PASSWORD pass", "FSD demo");
        Section old = house.inventory.find("demo").flatMap(Ups::section).orElseThrow();
        house.inventory.addSection(new Section("demo", "Renamed", 0));
        house.inventory.removeSection(old);
        assertThat(house.say("GET UPSDESC demo", "GET VAR demo ups.status"))
                .isEqualTo("UPSDESC demo \"Renamed\"\nVAR demo ups.status \"FSD OL\"\n");
    }

    @Test
    void aVendorsDeviceNeedsNoSection() {
        house.inventory.attach("vendor", new Ups.Attached(house.device, null, "From a vendor"));
        assertThat(house.say("LIST UPS")).contains("UPS vendor \"From a vendor\"\nEND LIST UPS");
        assertThat(house.say("GET VAR vendor ups.status")).isEqualTo("VAR vendor ups.status \"OL\"\n");
        house.inventory.detach("vendor", house.device);
        assertThat(house.say("LIST UPS")).doesNotContain("vendor");
    }

    private String status() {
        return house.say("GET VAR demo ups.status");
    }

    private void pass(int seconds) {
        house.nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
