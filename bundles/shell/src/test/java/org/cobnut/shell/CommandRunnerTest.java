package org.cobnut.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.cobnut.audit.Actor;
import org.cobnut.command.CommandReply;
import org.cobnut.wire.Columns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that another bundle runs, with Gogo behind them. */
class CommandRunnerTest {
    private static final Actor ADMIN = new Actor("admin", "console");

    @TempDir
    Path state;

    private final ThreadIOImpl threads = new ThreadIOImpl();
    private CommandRunner runner;

    /** Commands that tell what reached them. */
    public static final class Words {
        public Columns list(CommandSession session, String word) {
            return new Columns("WORD", "ACTOR")
                    .row(word, String.valueOf(session.get(ClientSession.ACTOR)))
                    .note("a note");
        }

        public String fail(String word) {
            throw new IllegalArgumentException("no " + word);
        }
    }

    @BeforeEach
    void open() {
        threads.start();
        var gogo = new CommandProcessorImpl(threads);
        for (String function : List.of("list", "fail")) gogo.addCommand("nut", new Words(), function);
        gogo.addConverter(new ColumnsConverter());
        runner = new CommandRunner(gogo, new DriverProcesses(state, Optional.empty()));
    }

    @AfterEach
    void close() {
        threads.stop();
    }

    @Test
    void noCharacterOfAWordMeansAnything() {
        for (String word : List.of("$(fail x)", "a\" b", "x; nut:fail y", "back\\slash", "$HOME", "'q'", "{x}", ""))
            assertThat(runner.run(ADMIN, List.of("list", word)))
                    .isEqualTo(new CommandReply(
                            true,
                            new Columns("WORD", "ACTOR")
                                    .row(word, ADMIN.toString())
                                    .json(),
                            "a note"));
        assertThatThrownBy(() -> runner.run(ADMIN, List.of("list x; fail", "y")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRefusalIsToldInItsWords() {
        assertThat(runner.run(ADMIN, List.of("fail", "x"))).isEqualTo(new CommandReply(false, "", "no x"));
    }
}
