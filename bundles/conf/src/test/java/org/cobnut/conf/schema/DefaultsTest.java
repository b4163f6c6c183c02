package org.cobnut.conf.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.wire.Lexer;
import org.junit.jupiter.api.Test;

/** The files that a fresh distribution brings along, and what is written about them. */
class DefaultsTest {
    private static final Path ROOT =
            Path.of("").toAbsolutePath().resolve("../..").normalize();

    private final NutFiles files = new NutFiles(ROOT.resolve("config"));

    @Test
    void areInOrder() {
        DiskState diskState = files.readDisk();
        assertThat(diskState.faults()).isEmpty();
        files.adopt(diskState);
        assertThat(files.configurations().keySet())
                .containsExactlyInAnyOrder("cobnut.nut", "cobnut.upsd", "cobnut.drivers", "cobnut.ups~demo");
        assertThat(files.configurations().get("cobnut.upsd").get("listen")).isEqualTo(new String[] {"127.0.0.1 3493"});
    }

    @Test
    void letNobodyIn() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("config/upsd.users"))).allMatch(line -> line.startsWith("#"));
    }

    @Test
    void bringADeviceWithWhatClientsAskFor() throws IOException {
        List<String> names = Lexer.lines(Files.readString(ROOT.resolve("config/demo.dev"))).stream()
                .filter(words -> !words.isEmpty())
                .map(words -> words.get(0))
                .toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.endsWith(":"))
                .contains("ups.status:", "battery.charge:", "battery.runtime:", "input.voltage:", "output.voltage:");
        assertThat(names.size()).isBetween(35, 60);
    }

    @Test
    void areDescribedKeywordByKeyword() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/files.md"));
        for (Schema schema : Schema.values()) {
            String chapter = text.substring(text.indexOf("\n## " + schema.file()));
            for (Keyword key : schema.global().keys()) assertThat(chapter).contains("`" + key.word());
            for (KeywordTable table : schema.section().stream().toList())
                for (Keyword key : table.keys()) assertThat(chapter).contains("`" + key.word());
        }
    }
}
