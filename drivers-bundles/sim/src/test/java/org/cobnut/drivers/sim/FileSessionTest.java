package org.cobnut.drivers.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.cobnut.driver.Due;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSessionTest {
    @TempDir
    Path folder;

    private Path file;
    private Play play;

    @BeforeEach
    void name() {
        file = folder.resolve("device");
        play = new Play(file);
    }

    @Test
    void beginsWithStartValuesAndTakesTheFilesInstead() throws IOException {
        play.expect("""
                | # A comment
                | ups.mfr:
                | ups.model: My   UPS    #BAD: a remark
                | Battery.Charge: 90
                | driver.version: 9
                | DRIVER.name: other
                |
                | empty.before:
                open dummy-once
                poll
                  Battery.Charge: 90
                  ups.model: My UPS
                  - ups.mfr
                  status OL
                """);
    }

    @Test
    void takesAnEmptyFile() throws IOException {
        play.expect("""
                open dummy
                poll
                  status OL
                  again 10
                wait 10
                poll
                  status OL
                  stale
                """);
    }

    @Test
    void joinsWordsAndKeepsEscapes() throws IOException {
        play.expect("""
                | a.quote: "two  words" tail
                | a.escape: \\"kept\\" \\# \\\\
                | a.equals: x=y
                | a.joined: one \\
                |   two
                | a.colons: x: y
                | a.bare value
                open dummy-once
                poll
                  a.bare: value
                  a.colons: x: y
                  a.equals: x = y
                  a.escape: "kept" # \\
                  a.joined: one two
                  a.quote: two  words tail
                  status OL
                """);
    }

    @Test
    void cutsLongValuesAsNutDoes() throws IOException {
        Files.writeString(file, "a: " + "x".repeat(128) + "\nups.status:" + " LONGWORD".repeat(30) + "\n");
        var report = new TestReport();
        open(Mode.ONCE).poll(report, Due.FULL);
        assertThat(report.value("a").orElseThrow()).hasSize(127);
        assertThat(report.value("ups.status").orElseThrow()).hasSize(255);
    }

    @Test
    void ignoresFaultyLinesAndTakesTheOthers() throws IOException {
        play.expect("""
                | a: 1
                | b: "x # y"
                | : nameless
                | TIMER soon
                | glued:value
                | "a name": z
                | c: 3
                open dummy-once
                poll
                  a: 1
                  c: 3
                  status OL
                """);
        assertThat(DataFile.of(Files.readAllBytes(file)).faults())
                .containsExactly(
                        new DataFile.Fault(2, "unbalanced word due to unescaped # in quotes"),
                        new DataFile.Fault(2, "no name of a variable before the colon"),
                        new DataFile.Fault(3, "no name of a variable before the colon"),
                        new DataFile.Fault(4, "TIMER wants whole seconds, not 'soon'"),
                        new DataFile.Fault(5, "no blank behind the colon of glued"),
                        new DataFile.Fault(6, "no name of a variable before the colon"));
    }

    @Test
    void restsAtTimersAndKeepsWhatWasSaid() throws IOException {
        play.expect("""
                | ups.status: OB LB
                | a: 1
                | TIMER 5
                | a: 2
                | TIMER 3
                | ups.status: OL
                open dummy-once
                poll
                  a: 1
                  status OB LB
                  again 5
                wait 4
                poll
                  status OB LB
                  again 1
                wait 1
                poll
                  a: 2
                  status OB LB
                  again 3
                wait 60
                poll
                  status OL
                wait 60
                poll
                  status OL
                """);
    }

    @Test
    void loopsAndBeginsTheNextPassWhenTheLastTimerEnds() throws IOException {
        play.expect("""
                | ups.status: OL
                | TIMER 5
                | ups.status: OB
                | TIMER 5
                open dummy-loop
                poll
                  status OL
                  again 5
                wait 5
                poll
                  status OB
                  again 5
                wait 5
                poll
                  status OL
                  again 5
                """);
    }

    @Test
    void aTimerOfNothingEndsThePollOnly() throws IOException {
        play.expect("""
                | a: 1
                | TIMER 0
                | a: 2
                open dummy-loop
                poll
                  a: 2
                  status OL
                poll
                  a: 1
                  status OL
                """);
    }

    @Test
    void alarmsGatherUntilTheyAreCleared() throws IOException {
        play.expect("""
                | ALARM Fan failed
                | ALARM Door   open
                | ALARM Fan failed
                | TIMER 1
                | ALARM Hot
                | TIMER 1
                | ALARM
                | TIMER 1
                | ALARM Last
                open dummy-loop
                poll
                  status OL
                  alarm Fan failed
                  alarm Door open
                  again 1
                wait 1
                poll
                  status OL
                  alarm Fan failed
                  alarm Door open
                  alarm Hot
                  again 1
                wait 1
                poll
                  status OL
                  again 1
                wait 1
                poll
                  status OL
                  alarm Last
                poll
                  status OL
                  alarm Fan failed
                  alarm Door open
                  again 1
                """);
    }

    @Test
    void onceReadsAgainWhenTheFileWasEditedAndForgetsNothing() throws IOException {
        play.expect("""
                | a: 1
                | b: 1
                | ALARM Old
                open dummy-once
                poll
                  a: 1
                  b: 1
                  status OL
                  alarm Old
                set a 5
                poll
                  a: 5
                  status OL
                  alarm Old
                poll
                  status OL
                  alarm Old
                | b: 2
                | c: 2
                save
                poll
                  b: 2
                  c: 2
                  status OL
                """);
    }

    @Test
    void noticesAnEditThatKeepsTheTime() throws IOException {
        play.expect("""
                | a: 1
                open dummy-once
                poll
                  a: 1
                  status OL
                """);
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "a: 22\n");
        Files.setLastModifiedTime(file, time);
        play.expect("""
                poll
                  a: 22
                  status OL
                """);
    }

    @Test
    void aLoopTakesAnEditAtItsNextPass() throws IOException {
        play.expect("""
                | a: 1
                | TIMER 5
                open dummy
                poll
                  a: 1
                  status OL
                  again 5
                | a: 2
                save
                wait 4
                poll
                  status OL
                  again 1
                wait 1
                poll
                  a: 2
                  status OL
                """);
    }

    @Test
    void showsWhatWasSetBeforeTheNextPassOverwritesIt() throws IOException {
        play.expect("""
                | a: 1
                | ups.status: OL
                open dummy-loop
                poll
                  a: 1
                  status OL
                set a 9
                set ups.status OB LB
                poll
                  a: 9
                  status OB LB
                poll
                  a: 1
                  status OL
                """);
    }

    @Test
    void anEmptyValueTakesAVariableAway() throws IOException {
        play.expect("""
                | a: 1
                | ups.status: OL
                open dummy-once
                set A
                set ups.status
                poll
                  status
                set ups.status FSD
                poll
                  status FSD
                """);
    }

    @Test
    void doesNotOpenWithoutAFile() {
        assertThatThrownBy(() -> open(Mode.ONCE)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void typesAreTheDriversAndEverythingIsWritable() throws IOException {
        Files.writeString(file, "battery.charge: 1\nUPS.ID: a\nfoo: b\n");
        var report = new TestReport();
        open(Mode.LOOP).poll(report, Due.FULL);
        assertThat(report.type("battery.charge")).isEqualTo(VarType.number());
        assertThat(report.type("ups.id")).isEqualTo(VarType.text(16));
        assertThat(report.type("foo")).isEqualTo(VarType.text(32));
        assertThat(report.type("ups.status")).isEqualTo(VarType.text(32));
        assertThat(report.type("driver.parameter.mode")).isEqualTo(VarType.READ_ONLY);
        assertThat(report.value("driver.parameter.mode")).contains("dummy-loop");
    }

    @Test
    void offersLoadOffAndDoesNotKnowIt() throws IOException {
        Files.writeString(file, "");
        var report = new TestReport();
        FileSession session = open(Mode.ONCE);
        session.poll(report, Due.FULL);
        assertThat(report.commands()).containsExactly("load.off");
        assertThat(session.run("load.off", "")).isEqualTo(Outcome.unknown());
    }

    @Test
    void aPollOfAnUnchangedFileAllocatesNextToNothing() throws IOException {
        Files.writeString(file, "a: 1\n".repeat(1000));
        FileSession session = open(Mode.ONCE);
        var report = new TestReport();
        for (int i = 0; i < 2000; i++) session.poll(report.next(), Due.FULL);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) session.poll(report.next(), Due.FULL);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
        assertThat(each).isLessThan(1500);
    }

    private FileSession open(Mode mode) throws IOException {
        return new FileSession("test", file, mode, System::nanoTime);
    }
}
