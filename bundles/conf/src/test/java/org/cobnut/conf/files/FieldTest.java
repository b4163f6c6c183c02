package org.cobnut.conf.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.LineSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations as the field has them (field.txt), and as NUT's own documentation shows them (examples.txt). */
class FieldTest {
    @TempDir
    Path directory;

    /** One set: its files, what is told of them, and what is in force. */
    record Sample(String title, Map<String, String> files, List<String> told, List<String> values) {
        @Override
        public String toString() {
            return title;
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = FieldTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Stream<Sample> field() throws IOException {
        return Stream.of(resource("field.txt").split("(?m)^=== ")).skip(1).map(FieldTest::sample);
    }

    private static Sample sample(String text) {
        List<String> lines = text.stripTrailing().lines().toList();
        String title = lines.get(0);
        var files = new LinkedHashMap<String, String>();
        var told = new ArrayList<String>();
        var values = new ArrayList<String>();
        String file = "";
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("--- ")) file = line.substring(4);
            else if (line.startsWith(">>> ") || line.startsWith("??? ")) told.add(line);
            else if (line.startsWith("= cobnut")) values.add(line.substring(2));
            else files.merge(file, line + "\n", String::concat);
        }
        files.replaceAll((name, content) -> habit(title, content));
        return new Sample(title, files, told, values);
    }

    private static String habit(String title, String content) {
        if (title.endsWith(" crlf")) return content.replace("\n", "\r\n");
        if (title.endsWith(" bom")) return "\ufeff" + content;
        return title.endsWith(" open") ? content.stripTrailing() : content;
    }

    private NutFiles files(Map<String, String> given) throws IOException {
        for (String name : List.of("ups.conf", "upsd.conf", "upsd.users"))
            Files.writeString(directory.resolve(name), "");
        for (Map.Entry<String, String> file : given.entrySet())
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        return new NutFiles(directory);
    }

    private static String shown(Object value) {
        return value instanceof String[] all ? String.join("|", all) : String.valueOf(value);
    }

    @ParameterizedTest
    @MethodSource("field")
    void countsWhatIsGoodAndTellsOfTheRest(Sample sample) throws IOException {
        NutFiles files = files(sample.files);
        DiskState diskState = files.readDisk();
        assertThat(diskState.faults().stream().map(fault -> (fault.grave() ? ">>> " : "??? ") + fault))
                .containsExactlyInAnyOrderElementsOf(sample.told);
        files.adopt(diskState);
        for (String value : sample.values) {
            String[] words = value.split(" ", 3);
            assertThat(shown(files.configurations().get(words[0]).get(words[1])))
                    .as(value)
                    .isEqualTo(words[2]);
        }
    }

    @ParameterizedTest
    @MethodSource("field")
    void takesAnEditOfEveryFileWhateverWasWrongBefore(Sample sample) throws IOException {
        NutFiles files = files(sample.files);
        files.adopt(files.readDisk());
        for (String name : sample.files.keySet()) {
            byte[] before = Files.readAllBytes(directory.resolve(name));
            String end = name.equals("nut.conf") ? "\nFOO=bar\n" : "\n# more\n";
            Files.writeString(
                    directory.resolve(name), new String(before, StandardCharsets.UTF_8) + end, StandardCharsets.UTF_8);
        }
        assertThat(files.take(files.readDisk()).refused()).isEmpty();
    }

    @Test
    void holdsAtLeastTwentySets() throws IOException {
        assertThat(field().count()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void loadsTheExamplesOfTheDocumentationWithoutAWord() throws IOException {
        var examples = new LinkedHashMap<String, String>();
        for (String part : resource("examples.txt").split("(?m)^--- ")) {
            String[] file = part.split("\n", 2);
            if (file[0].endsWith(".conf") || file[0].endsWith(".users")) examples.put(file[0], file[1]);
        }
        assertThat(examples).hasSize(Schema.values().length);
        assertThat(files(examples).readDisk().faults()).isEmpty();
    }

    /** Debian's samples as they are installed, and with every line that they show in a comment. */
    @ParameterizedTest
    @ValueSource(strings = {"nut.conf", "ups.conf", "upsd.conf", "upsd.users", "upsmon.conf", "upssched.conf"})
    void loadsDebiansSamplesWithoutAWord(String name) throws IOException {
        Path sample = Path.of("/etc/nut", name);
        assumeTrue(Files.isReadable(sample), sample + " is not installed");
        Schema schema = Stream.of(Schema.values())
                .filter(each -> each.file().equals(name))
                .findFirst()
                .orElseThrow();
        List<String> lines = Files.readAllLines(sample, StandardCharsets.UTF_8);
        String shown =
                lines.stream().map(line -> uncommented(schema, line)).collect(Collectors.joining("\n", "", "\n"));
        for (String text : List.of(String.join("\n", lines) + "\n", shown)) {
            var parsed = new ParsedFile(
                    ConfFile.parse(name, schema.style(), text.getBytes(StandardCharsets.ISO_8859_1)), schema);
            assertThat(parsed.faults().stream()
                            // A sample says a directive in each of its forms, and watches nothing yet.
                            .filter(fault -> !fault.reason().contains("stands already on line"))
                            .filter(fault -> !fault.reason().contains("MONITOR lines make 0"))
                            .filter(fault -> !fault.reason().contains("has no password"))
                            // A port that there is not stands in Debian's own sample.
                            .filter(fault -> !fault.reason().endsWith("not '83493'"))
                            .map(Fault::toString))
                    .isEmpty();
        }
    }

    /** The line without its comment sign, where what is left is an example and no prose. */
    private static String uncommented(Schema schema, String line) {
        String bare = line.replaceFirst("^#\\s*", "");
        boolean directive = schema.style() == LineSyntax.DIRECTIVES
                && schema.global().find(bare.split("\\s", 2)[0]).isPresent()
                && bare.contains(" ")
                && !bare.endsWith(".")
                && !bare.matches(".*[<\\[(].*|.* - .*|\\S+ [a-z]+ [a-z]+ .*");
        boolean setting = schema.style() == LineSyntax.SECTIONS && bare.matches("\\[\\w+]|[a-z]+ = \\S+|upsmon [a-z]+");
        boolean assignment = schema.style() == LineSyntax.SHELL && bare.matches("[A-Z_]+=\\S+");
        return line.startsWith("#") && (directive || setting || assignment) ? bare : line;
    }
}
