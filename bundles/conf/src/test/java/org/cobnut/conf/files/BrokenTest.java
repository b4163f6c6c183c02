package org.cobnut.conf.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.conf.Site;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.LineSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BrokenTest {
    @TempDir
    Path directory;

    record Case(String file, String title, String text, String said) {
        @Override
        public String toString() {
            return file + ": " + title;
        }
    }

    static Stream<Case> broken() throws IOException {
        try (InputStream in = BrokenTest.class.getResourceAsStream("broken.txt")) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^--- ")).skip(1).map(BrokenTest::parse);
        }
    }

    private static Case parse(String text) {
        var content = new ArrayList<String>();
        var said = new ArrayList<String>();
        List<String> lines = text.stripTrailing().lines().toList();
        for (String line : lines.subList(1, lines.size()))
            (line.startsWith(">>> ") || line.startsWith("??? ") ? said : content).add(line);
        String[] head = lines.get(0).split(" ", 2);
        return new Case(head[0], head[1], String.join("\n", content) + "\n", String.join("\n", said));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysFileLineAndReason(Case broken) throws IOException {
        Site site = Site.in(directory);
        site.write(broken.file, broken.text);
        List<Fault> faults = new NutFiles(directory).readDisk().faults();
        assertThat(faults).allMatch(fault -> fault.file().equals(broken.file));
        assertThat(faults.stream()
                        .map(fault -> (fault.grave() ? ">>> " : "??? ") + fault.line() + ": " + fault.reason())
                        .collect(Collectors.joining("\n")))
                .isEqualTo(broken.said);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void keepsASecretOutOfWhatIsSaid(Case broken) throws IOException {
        Site site = Site.in(directory);
        site.write(broken.file, broken.text);
        assertThat(new NutFiles(directory).readDisk().faults().toString()).doesNotContain("hunter");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void leavesInForceWhatWas(Case broken) throws IOException {
        Site site = Site.in(directory);
        NutFiles files = site.files();
        var before = files.configurations();
        site.write(broken.file, broken.text);
        if (!broken.said.contains(">>>")) return; // a warning does not stop a reload
        if (broken.title.equals("a key outside of a section")) return; // and what follows it is in order
        ReloadDecision decision = files.take(files.readDisk());
        assertThat(decision.refused()).hasSize((int)
                broken.said.lines().filter(line -> line.startsWith(">>>")).count());
        var after = files.configurations();
        after.keySet().retainAll(before.keySet());
        before.remove("cobnut.drivers"); // the lines before the sections count where no fault is in them
        after.remove("cobnut.drivers");
        assertThat(after).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void writesEveryByteBack(Case broken) {
        byte[] bytes = broken.text.getBytes(StandardCharsets.UTF_8);
        for (LineSyntax style : LineSyntax.values())
            assertThat(ConfFile.parse("x", style, bytes).bytes()).isEqualTo(bytes);
    }

    @Test
    void coversAtLeastSixtyWaysToBeWrong() throws IOException {
        assertThat(broken().map(Case::said).distinct().count()).isGreaterThan(60);
    }
}
