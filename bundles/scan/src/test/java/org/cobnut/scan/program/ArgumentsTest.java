package org.cobnut.scan.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.cobnut.program.Getopt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of nut-scanner, as getopt_long reads them up to the first fault. */
class ArgumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-O -s a -e b                 | O s=a e=b",
                "-Osa -eb                     | O s=a e=b",
                "word -O other -q             | O q",
                "-O -- -q                     | O",
                "-O -                         | O",
                "--oldnut_scan --start_ip=a   | O s=a",
                "--old --start a              | O s=a",
                "--disp_nut_conf              | N",
                "--disp_nut_conf_with         | Q",
                "-m -O                        | m=-O",
                "-qZO                         | q ?invalid option -- 'Z'",
                "-O -s                        | O ?option requires an argument -- 's'",
                "--start_ip                   | ?option '--start_ip' requires an argument",
                "--nothere=1 -O               | ?unrecognized option '--nothere=1'",
                "--quiet=3                    | ?option '--quiet' doesn't allow an argument",
                "--s -O                       | ?option '--s' is ambiguous; possibilities: '--start_ip' '--secLevel' '--secName' '--snmp_scan'",
                "--disp_nut                   | ?option '--disp_nut' is ambiguous; possibilities: '--disp_nut_conf_with_sanity_check' '--disp_nut_conf'",
            })
    void readsThemAsGetoptDoes(String line, String options) {
        Getopt read = Getopt.parsePermuted(Arguments.LETTERS, Arguments.WORDS, List.of(line.split(" ")));
        String given = read.given().stream()
                .map(each -> each.letter() + (each.value().isEmpty() ? "" : '=' + each.value()))
                .collect(Collectors.joining(" "));
        assertThat((given + (read.fault().isEmpty() ? "" : " ?" + read.fault())).strip())
                .isEqualTo(options);
    }
}
