package org.cobnut.drivers.sim;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is there no longer, or says nothing. */
final class FileAwayTest {
    private Play play;

    @BeforeEach
    void name(@TempDir Path folder) {
        play = new Play(folder.resolve("device"));
    }

    @Test
    void keepsTheLastContentForAWhileWhenTheFileIsAway() throws IOException {
        play.expect("""
                | a: 1
                open dummy-once
                poll
                  a: 1
                  status OL
                delete
                poll
                  status OL
                  again 10
                wait 9
                poll
                  status OL
                  again 1
                wait 1
                poll
                  status OL
                  stale
                wait 3600
                poll
                  status OL
                  stale
                | a: 2
                save
                poll
                  a: 2
                  status OL
                """);
    }

    /** Full disks and broken writers leave such files; a program that saves one needs less than the grace. */
    @ParameterizedTest
    @ValueSource(strings = {"truncate", "| # nothing\nsave", "| :\nsave", "delete\nfolder"})
    void whatSaysNothingForLongIsNoSource(String fault) throws IOException {
        play.expect("""
                | ups.status: OB
                open dummy-loop
                poll
                  status OB
                %s
                poll
                  status OB
                  again 10
                wait 11
                poll
                  status OB
                  stale
                """.formatted(fault));
    }

    @Test
    void seesThatTheFileWentInTheMiddleOfARest() throws IOException {
        play.expect("""
                | ups.status: OL
                | TIMER 3600
                | ups.status: OB
                open dummy-loop
                poll
                  status OL
                  again 3600
                delete
                wait 2
                poll
                  status OL
                  again 10
                wait 10
                poll
                  status OL
                  stale
                  again 3588
                """);
    }
}
