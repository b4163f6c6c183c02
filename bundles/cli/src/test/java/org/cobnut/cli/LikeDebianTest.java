package org.cobnut.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.cobnut.testkit.DebianNut;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line here is run twice, by us and by Debian's program of that name, and must bring the same. */
@Timeout(60)
class LikeDebianTest {
    @TempDir
    static Path dir;

    private static DebianNut nut;

    @BeforeAll
    static void start() throws IOException {
        nut = new DebianNut(dir)
                .device("sim", """
                        ups.status: OL
                        battery.charge: 90
                        ups.id: two words
                        ups.serial: \\"\\#\\\\
                        some.unknown: x
                        """)
                .section("gone", "driver = dummy-ups\nport = gone.dev\ndesc = \"A \\\"gone\\\" \\#1\"")
                .section("bare", "driver = dummy-ups\nport = gone.dev")
                .users("""
                        [admin]
                        password = secret
                        actions = SET
                        instcmds = ALL
                        upsmon primary
                        [nobody]
                        password = secret
                        """)
                .start();
    }

    @AfterAll
    static void stop() {
        nut.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upsc sim@S",
                "upsc sim@S ups.status",
                "upsc SIM@S UPS.id",
                "upsc sim@S ups.serial",
                "upsc sim@S server.info",
                "upsc sim@S nodot",
                "upsc sim@S no.such",
                "upsc sim@S -l",
                "upsc nope@S",
                "upsc nope@S ups.status",
                "upsc gone@S",
                "upsc -l S",
                "upsc -L S",
                "upsc -lL S",
                "upsc -c sim@S",
                "upsc -c nope@S",
                "upsc",
                "upsc -c",
                "upsc -l 127.0.0.1:1",
                "upsc sim@127.0.0.1:1",
                "upsc sim@no-such-host.invalid",
                "upscmd -l sim@S",
                "upscmd -l nope@S",
                "upscmd -l gone@S",
                "upscmd -l sim@127.0.0.1:1",
                "upscmd -t x -l sim@S",
                "upscmd -u admin -p secret sim@S load.off",
                "upscmd -u admin -p secret -w sim@S load.off",
                "upscmd -u admin -p secret -w -t 8 sim@S load.off 5",
                "upscmd -u admin -p bad sim@S load.off",
                "upscmd -u nobody -p secret sim@S load.off",
                "upscmd -u admin -p secret sim@S nodot",
                "upscmd -u admin -p secret sim@S no.such",
                "upscmd -u admin -p secret nope@S load.off",
                "upscmd -u admin -p secret gone@S load.off",
                "upscmd -u admin -p secret -w gone@S load.off",
                "upscmd sim@S load.off",
                "upsrw sim@S",
                "upsrw -l sim@S",
                "upsrw nope@S",
                "upsrw gone@S",
                "upsrw sim@127.0.0.1:1",
                "upsrw -t x sim@S",
                "upsrw -s battery.charge=90 -u admin -p secret sim@S",
                "upsrw -w -s battery.charge=90 -u admin -p secret sim@S",
                "upsrw -w -s ups.id=0123456789012345678901234567890123456789 -u admin -p secret sim@S",
                "upsrw -s nodot=1 -u admin -p secret sim@S",
                "upsrw -s no.such=1 -u admin -p secret sim@S",
                "upsrw -s driver.name=1 -u admin -p secret sim@S",
                "upsrw -s battery.charge=1 -u admin -p bad sim@S",
                "upsrw -s battery.charge=1 -u nobody -p secret sim@S",
                "upsrw -s =x -u admin -p secret sim@S",
                "upsrw -s battery.charge=1 -u admin -p secret -l sim@S",
            })
    void bringsWhatDebiansProgramBrings(String line) throws IOException {
        String[] words = line.replace("@S", "@127.0.0.1:" + nut.port())
                .replace(" S", " 127.0.0.1:" + nut.port())
                .split(" ", -1);
        String[] args = Arrays.copyOfRange(words, 1, words.length);
        assertThat(Run.of(words[0], args).all()).isEqualTo(nut.client(words[0], args));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim@[::1", "sim@box:", "sim@box:x", "sim@box:0", "sim@box:70000", "sim@"})
    void refusesTheAddressesThatDebiansProgramRefuses(String address) throws IOException {
        String debian = nut.client("upsc", address).replaceFirst("upscli_split.*\n", "");
        assertThat(Run.of("upsc", address).all()).isEqualTo(debian);
    }
}
