package org.cobnut.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-05T08:07:09Z"), ZONE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            100%% of it|100% of it
            %HOST%,%host%,%HOSTNAME%|box,box,box
            [%UPSHOST%]|[ups@srv]
            %ETIME%|1793866029
            %TIME @Y-@m-@d@@x% %time @H%|2026-11-05%x 09
            %VAR ups.status% %VAR nodot% %VAR% %WHAT%|NA INVALID INVALID INVALID
            tail %x|tail INVALIDx
            no \\n escape|no \\n escape
            """)
    void writesWhatNutWrites(String format, String line) {
        assertThat(new LogFormat(format, "box", CLOCK).line("ups@srv", null)).isEqualTo(line);
    }

    @Test
    void writesATabBehindTheNameForN() {
        assertThat(new LogFormat(LogFormat.WITH_NAME + "x", "box", CLOCK).line("ups@srv", null))
                .isEqualTo("ups@srv\tx");
    }

    /** The letters of strftime, against the C library by way of date(1). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-05T08:07:09Z",
                "2024-12-30T23:59:59Z",
                "2021-01-03T00:00:00Z",
                "2000-02-29T12:00:00Z",
                "2027-07-09T11:01:02Z"
            })
    void formatsTimesAsTheLibraryDoes(String instant) throws IOException {
        String letters =
                "%a %A %b %B %c %C %d %D %e %F %g %G %h %H %I %j %k %l %m %M %n %p %P %r %R %s %S %t %T %u %U %V"
                        + " %w %W %x %X %y %Y %z %Z %% %-d %_m %0e %^a %#Z %#a %Ey %Od %Q";
        var date = new ProcessBuilder("date", "-d", instant, "+" + letters);
        date.environment().put("LC_ALL", "C");
        date.environment().put("TZ", ZONE.getId());
        String theirs = new String(date.start().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(Strftime.format(letters, ZonedDateTime.ofInstant(Instant.parse(instant), ZONE)) + '\n')
                .isEqualTo(theirs);
    }
}
