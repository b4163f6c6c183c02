package org.cobnut.conf.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptQueriesTest {
    @TempDir
    private Path conf;

    @Test
    void theUserOfASectionComesBeforeThatOfAll() throws IOException {
        Files.writeString(conf.resolve("ups.conf"), """
                "user" = all # everybody's
                # user = nobody
                [a]
                  driver = x
                  user = \\
                    "own"
                [b]
                  desc = "
                  user = no"
                [a]
                  port = auto
                """);
        assertThat(ScriptQueries.user(conf, "a")).isEqualTo("own");
        assertThat(ScriptQueries.user(conf, "b")).isEqualTo("all");
        assertThat(ScriptQueries.user(conf, "c")).isEqualTo("all");
    }

    @Test
    void withoutAFileNobodyIsNamed() {
        assertThat(ScriptQueries.user(conf, "a")).isEmpty();
        assertThat(ScriptQueries.lowPort(conf)).isFalse();
        assertThat(ScriptQueries.words(conf)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LISTEN 127.0.0.1 493, true",
        "LISTEN \"::1\" \"80\", true",
        "LISTEN 127.0.0.1, false",
        "LISTEN 127.0.0.1 1023, true",
        "LISTEN 127.0.0.1 1024, false",
        "LISTEN 127.0.0.1 3493, false",
        "# LISTEN 127.0.0.1 80, false",
        "MAXAGE 80, false"
    })
    void onlyAListenWantsALowPort(String line, boolean low) throws IOException {
        Files.writeString(conf.resolve("upsd.conf"), "LISTEN * 3493\n" + line + "\n");
        assertThat(ScriptQueries.lowPort(conf)).isEqualTo(low);
    }

    @Test
    void findsTheWordsThatMayNameAFile() throws IOException {
        Files.writeString(conf.resolve("upsmon.conf"), "NOTIFYCMD \"/bin/x -f /etc/y\" # /no\n");
        Files.writeString(conf.resolve("ups.conf"), "[u]\n port = dev.seq\n");
        assertThat(ScriptQueries.words(conf))
                .contains("/etc/y", "/bin/x", "dev.seq")
                .doesNotContain("/no");
    }

    @Test
    void nutConfIsReadAsAShellReadsIt() throws IOException {
        assertThat(ScriptQueries.nutConf(conf, "MODE")).isEmpty();
        Files.writeString(
                conf.resolve("nut.conf"), "# MODE=none\nMODE=standalone\nPOWEROFF_WAIT=15m\nMODE=\"netclient\"\n");
        assertThat(ScriptQueries.nutConf(conf, "MODE")).isEqualTo("netclient");
        assertThat(ScriptQueries.nutConf(conf, "POWEROFF_WAIT")).isEqualTo("15m");
        assertThat(ScriptQueries.nutConf(conf, "UPSD_OPTIONS")).isEmpty();
    }
}
