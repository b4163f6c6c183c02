package org.cobnut.driversocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cobnut.model.Health;
import org.cobnut.model.Outcome;
import org.cobnut.model.Range;
import org.cobnut.model.Snapshot;
import org.cobnut.model.VarType;
import org.cobnut.testkit.time.ManualClock;
import org.cobnut.wire.Quote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's side of a connection to a driver, told in the driver's lines. */
class DriverProtocolTest {
    private static final Duration MAXAGE = Duration.ofSeconds(15);

    private final ManualClock clock = new ManualClock();
    private final List<String> said = new ArrayList<>();
    private final List<String> odd = new ArrayList<>();
    private final DriverProtocol conversation = new DriverProtocol(
            new DriverProtocol.Connection() {
                @Override
                public void say(String line) {
                    said.add(line);
                }

                @Override
                public void odd(String what) {
                    odd.add(what);
                }
            },
            new Clocks(clock::nanos, clock),
            MAXAGE::toNanos,
            new PendingOrders(Runnable::run));

    @Test
    void asksForEverythingAndWaits() {
        assertThat(said).containsExactly("DUMPALL");
        assertThat(snapshot().health()).isEqualTo(new Health.Starting());
        assertThat(snapshot().value("ups.status")).contains("WAIT");
        assertThat(snapshot().variables()).hasSize(1);
    }

    @Test
    void showsADumpWholeAndNotBefore() {
        hear("SETINFO ups.status \"OL\"\nSETINFO ups.id \"a\"\n");
        assertThat(snapshot().value("ups.id")).isEmpty();
        hear("""
                SETAUX ups.id 16
                SETFLAGS ups.id RW STRING
                ADDENUM ups.id "a"
                ADDENUM ups.id "b c"
                ADDRANGE ups.id 1 10
                ADDRANGE ups.id 10 20
                ADDCMD load.off
                DATAOK
                DUMPDONE
                """);
        assertThat(snapshot().health()).isEqualTo(new Health.Fresh());
        assertThat(snapshot().value("ups.status")).contains("OL");
        assertThat(snapshot().commands()).containsExactly("load.off");
        var type = snapshot().variables().get("ups.id").type();
        assertThat(type.maxLength()).hasValue(16);
        assertThat(type.writable()).isTrue();
        assertThat(type.choices()).containsExactly("a", "b c");
        assertThat(type.ranges()).containsExactly(new Range(1, 10), new Range(10, 20));
    }

    @Test
    void takesUpEveryKindOfUpdate() {
        dumped("SETINFO a \"on\"", "SETINFO b \"2\"", "SETFLAGS b RW NUMBER", "ADDCMD load.off");
        hear("""
                SETINFO A "ON"
                ADDENUM b "1"
                ADDENUM b "2"
                DELENUM b "1"
                ADDRANGE b 1 9
                ADDRANGE b 2 3
                DELRANGE b 1 9
                DELCMD load.off
                ADDCMD load.on
                SETINFO c ""
                """);
        assertThat(snapshot().value("a")).as("a change of case is a change").contains("ON");
        assertThat(snapshot().value("c")).contains("");
        assertThat(snapshot().variables().get("b").type())
                .isEqualTo(VarType.number(2, 3).plus("2"));
        assertThat(snapshot().commands()).containsExactly("load.on");
        hear("DELINFO b\nSETFLAGS b RW\nDELINFO nothing\n");
        assertThat(snapshot().variables()).containsOnlyKeys("a", "c");
        assertThat(odd).isEmpty();
    }

    @Test
    void isStaleWhenTheDriverSaysSo() {
        dumped();
        hear("DATASTALE\n");
        assertThat(snapshot().health()).isInstanceOf(Health.Stale.class);
        Snapshot before = snapshot();
        clock.advance(Duration.ofSeconds(3));
        assertThat(snapshot()).as("nothing is new").isSameAs(before);
        hear("DATAOK\n");
        assertThat(snapshot().health()).isEqualTo(new Health.Fresh());
    }

    @Test
    void isStaleFromTheFirstDumpOn() {
        hear("DATASTALE\nSETINFO ups.status \"OL\"\nDUMPDONE\n");
        assertThat(snapshot().health()).isInstanceOf(Health.Stale.class);
        assertThat(snapshot().value("ups.status")).contains("OL");
    }

    @Test
    void asksASilentDriverWhetherItIsThereAndThenBelievesItNoLonger() {
        dumped();
        second(5);
        assertThat(said).hasSize(1);
        second(1);
        assertThat(said).containsExactly("DUMPALL", "PING");
        hear("PONG\n");
        second(16);
        assertThat(said).as("once in a third of MAXAGE").endsWith("PING", "PING", "PING");
        assertThat(snapshot().health()).isEqualTo(new Health.Fresh());
        second(1);
        assertThat(snapshot().health()).isInstanceOf(Health.Stale.class);
        hear("NONSENSE\n");
        assertThat(snapshot().health()).as("unknown lines are no news").isInstanceOf(Health.Stale.class);
        hear("PONG\n");
        assertThat(snapshot().health()).isEqualTo(new Health.Fresh());
    }

    @Test
    void doesNotWaitForTheEndOfADumpForEver() {
        for (int i = 0; i < 16; i++) {
            assertThat(snapshot().health()).isEqualTo(new Health.Starting());
            hear("PONG\n");
            second(1);
        }
        assertThat(snapshot().health()).isInstanceOf(Health.Stale.class);
        assertThat(snapshot().value("ups.status")).contains("WAIT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#", "a # b", "\"", "say \"hi\" now", "a\"b", "C:\\dir\\", "\\", "a\\b", "\"#\\", "", " ", "x=y"
            })
    void valuesSurviveADumpWhateverTheyHold(String value) {
        dumped("SETINFO v " + Quote.quote(value));
        assertThat(snapshot().value("v")).contains(value);
        assertThat(odd).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "a # b", "\"", "say \"hi\" now", "a\"b", "C:\\dir\\", "\\", "a\\b", "\"#\\"})
    void aValueThatADriverDoesNotEscapeIsAskedForAnew(String value) {
        dumped("SETINFO v \"old\"", "SETINFO w \"old\"");
        second(3);
        said.clear();
        hear("SETINFO v \"" + value + "\"\nSETINFO w \"new\"\nSETINFO w \"new\"\n");
        assertThat(said).containsExactly("DUMPALL");
        assertThat(snapshot().value("v")).as("until then the old one stands").contains("old");
        hear("SETINFO v " + Quote.quote(value) + "\nSETINFO w \"new\"\nDATAOK\nDUMPDONE\n");
        assertThat(snapshot().value("v")).contains(value);
        assertThat(snapshot().value("w")).contains("new");
    }

    @Test
    void damagedLinesAskForADumpNowAndThenOnly() {
        dumped();
        said.clear();
        for (int i = 0; i < 100; i++) {
            hear("SETINFO v \"a#b\"\n");
            second(1);
            hear("DATAOK\nDUMPDONE\n");
        }
        assertThat(said).hasSizeBetween(30, 51).containsOnly("DUMPALL");
    }

    @Test
    void followsOrdersByTheirIds() {
        dumped("SETINFO v \"1\"");
        var first = order("SET v \"2\"");
        var second = order("INSTCMD load.off");
        assertThat(said).endsWith("SET v \"2\" TRACKING 1", "INSTCMD load.off TRACKING 2");
        hear("TRACKING 2 3\nTRACKING 7 0\nTRACKING\n");
        assertThat(second).isCompletedWithValue(Outcome.failed(""));
        assertThat(first).isNotDone();
        hear("TRACKING 1 0\n");
        assertThat(first).isCompletedWithValue(Outcome.handled());
    }

    @Test
    void everyOrderHasAnEnd() {
        var early = order("INSTCMD load.off");
        assertThat(early).isCompletedWithValueMatching(outcome -> outcome.code() == Outcome.Code.FAILED);
        dumped();
        var late = order("INSTCMD load.off");
        second((int) PendingOrders.PATIENCE.toSeconds());
        assertThat(late).isCompletedWithValueMatching(outcome -> outcome.code() == Outcome.Code.FAILED);
        var last = order("INSTCMD load.off");
        for (int i = 1; i < PendingOrders.MOST; i++) order("INSTCMD load.off");
        assertThat(order("INSTCMD load.off")).as("one too many").isDone();
        assertThat(last).isNotDone();
        conversation.end();
        assertThat(last).isCompletedWithValueMatching(outcome -> outcome.code() == Outcome.Code.FAILED);
    }

    @Test
    void keepsOnlySoMuch() {
        dumped();
        for (int i = 0; i < RemoteVariables.MOST + 1000; i++) hear("SETINFO v" + i + " \"x\"\n");
        assertThat(snapshot().variables()).hasSize(RemoteVariables.MOST);
        hear("ADDCMD load.off\nDELINFO v1\nSETINFO v2 \"y\"\nADDCMD load.on\n");
        assertThat(snapshot().commands()).containsExactly("load.on");
        assertThat(snapshot().value("v2")).contains("y");
        assertThat(odd).allMatch(what -> what.contains("more than can be kept")).isNotEmpty();
        hear("x".repeat(1_000_000));
        for (int i = 0; i < 2 * RemoteVariables.MOST_OF_ONE; i++) hear("\nADDENUM v3 \"" + i + '"');
        hear("\n");
        assertThat(snapshot().variables().get("v3").type().choices()).hasSizeLessThan(RemoteVariables.MOST_OF_ONE);
    }

    private Snapshot snapshot() {
        return conversation.snapshot();
    }

    private void hear(String lines) {
        for (byte raw : lines.getBytes(StandardCharsets.ISO_8859_1)) conversation.hear(raw);
    }

    private void dumped(String... lines) {
        for (String line : lines) hear(line + '\n');
        hear("DATAOK\nDUMPDONE\n");
        assertThat(snapshot().health()).isEqualTo(new Health.Fresh());
    }

    private void second(int times) {
        for (int i = 0; i < times; i++) {
            clock.advance(Duration.ofSeconds(1));
            conversation.tick();
        }
    }

    private CompletableFuture<Outcome> order(String request) {
        var promise = new CompletableFuture<Outcome>();
        conversation.order(request, promise);
        return promise;
    }
}
