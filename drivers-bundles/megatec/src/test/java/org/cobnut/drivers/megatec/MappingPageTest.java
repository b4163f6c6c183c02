package org.cobnut.drivers.megatec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cobnut.drivers.megatec.wire.Address;
import org.cobnut.table.mapping.Mapping;
import org.cobnut.table.mapping.MappingSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example of the documentation is a mapping file, or rows of one, that the compiler takes. */
class MappingPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```(mapping|rows)\n(.*?)^```$");

    @ParameterizedTest
    @CsvSource({"mappings.md, 11", "drivers/megatec.md, 1"})
    void hasExamplesThatAreTaken(String page, int examples) throws IOException {
        String text = Files.readString(Path.of("../../docs").resolve(page));
        List<String> found = EXAMPLE.matcher(text)
                .results()
                .map(match -> match.group(1).equals("rows")
                        ? "mapping example 1 megatec\nextends megatec\n" + match.group(2)
                        : match.group(2))
                .toList();
        assertThat(found).hasSize(examples);
        for (String example : found) assertThat(compiled(example)).as(example).isNotEmpty();
    }

    /** What comes of a file beside the shipped ones; a file of the same name as one of these stands for it. */
    private static List<Mapping<Address>> compiled(String example) {
        Map<String, byte[]> texts = Dialects.shipped();
        texts.put(
                "a-higher-version.map",
                example.replaceFirst("(?m)^(mapping \\S+) +\\S+", "$1 2").getBytes(StandardCharsets.ISO_8859_1));
        return MappingSet.of(MegatecKind.INSTANCE, texts).all();
    }
}
