package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.proof.PageCommands.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of README.md and docs/ as they stand there, on the distribution as it is shipped. Those of which
 * {@code docs/not-run} tells why are left out; any other that fails, fails here.
 */
@Timeout(180)
class DocsCommandsIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path HOME =
            Path.of(CobnutServer.program("cobnut")).getParent().getParent();
    private static final Path FILES = Path.of("src/test/resources/docs");
    private static final Pattern EXIT = Pattern.compile("exit ([0-9 or]+)");
    private static final Pattern INLINE = Pattern.compile("`nutctl ([a-z-]+)[^`]*`");
    private static final Pattern CORRECTED = Pattern.compile("```mapping\n(.*?)```", Pattern.DOTALL);
    private static final String VOLTAGE = "upsc rack battery.voltage";
    private static final String MARK = "@@ ";

    @TempDir
    private Path directory;

    private record Rule(String page, String begins, String reason) {
        boolean meets(Command command) {
            return command.page().equals(page)
                    && (begins.equals("*") || command.text().startsWith(begins));
        }
    }

    private record Ran(String text, int exit) {}

    @BeforeAll
    static void needsADistribution() {
        assumeThat(CobnutServer.built()).isTrue();
    }

    @Test
    void everyCommandOfThePagesWorks() throws IOException {
        assumeThat(House.user()).as("name spaces of one's own").isEqualTo("root");
        List<Rule> rules = rules();
        var expected = new LinkedHashMap<Command, List<String>>();
        var unused = new ArrayList<>(rules);
        for (Command command : commands()) {
            Optional<Rule> rule =
                    rules.stream().filter(one -> one.meets(command)).findFirst();
            rule.ifPresent(unused::remove);
            Matcher exit = EXIT.matcher(rule.map(Rule::reason).orElse("exit 0"));
            if (exit.matches()) expected.put(command, List.of(exit.group(1).split(" or ")));
        }
        assertThat(unused).as("lines of docs/not-run that meet no command").isEmpty();
        assertThat(expected).hasSizeGreaterThan(15);
        Map<Command, Ran> ran = run(List.copyOf(expected.keySet()));
        assertThat(expected.entrySet().stream()
                        .filter(each -> !each.getValue()
                                .contains(String.valueOf(ran.get(each.getKey()).exit())))
                        .map(each -> each.getKey() + " ends with "
                                + ran.get(each.getKey()).exit() + ": "
                                + ran.get(each.getKey()).text()))
                .isEmpty();
        assertThat(ran.entrySet().stream()
                        .filter(each -> each.getKey().text().equals(VOLTAGE))
                        .map(each -> each.getValue().text().strip()))
                .as("what docs/mappings.md corrects")
                .containsExactly("13.60", "27.20");
    }

    /** In the text between the blocks: the command, not what it is given. */
    @Test
    void everyCommandOfNutctlThatThePagesNameExists() throws IOException {
        String help;
        try (var house = new House(FILES, Map.of())) {
            help = house.run(CobnutServer.program("nutctl"), "help").out();
        }
        Set<String> known = Pattern.compile("(?m)^(?: {7}nutctl|  )(?= ?[a-z]) ?([a-z-]+)")
                .matcher(help)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).contains("help", "setup", "list", "health");
        var named = new TreeSet<String>();
        for (Path page : pages())
            INLINE.matcher(Files.readString(page)).results().forEach(found -> named.add(found.group(1)));
        assertThat(named).hasSizeGreaterThan(15).isSubsetOf(known);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            all.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    private static List<Command> commands() throws IOException {
        var all = new ArrayList<Command>();
        for (Path page : pages()) all.addAll(PageCommands.of(ROOT, page));
        return all;
    }

    private static List<Rule> rules() throws IOException {
        return Files.readAllLines(FILES.resolve("not-run")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(cells -> new Rule(cells[0], cells[1], cells[2]))
                .toList();
    }

    private Map<Command, Ran> run(List<Command> commands) throws IOException {
        Path script = Files.write(directory.resolve("commands"), script(commands));
        House.Ran all;
        try (var house = new House(FILES, Map.of())) {
            all = house.run(
                    "unshare",
                    "--net",
                    "--mount",
                    "--propagation",
                    "private",
                    "sh",
                    FILES.resolve("boot").toAbsolutePath().toString(),
                    HOME.toString(),
                    ROOT.resolve("config").toString(),
                    script.toString());
        }
        assertThat(all.exit()).as(all.out() + all.errors()).isZero();
        var ran = new LinkedHashMap<Command, Ran>();
        for (String part : List.of(all.out().split("(?m)^" + MARK))) {
            if (part.isBlank()) continue;
            String[] ends = part.split("\n", 2)[0].split(" ");
            ran.put(
                    commands.get(Integer.parseInt(ends[0])),
                    new Ran(part.split("\n", 2)[1], Integer.parseInt(ends[1])));
        }
        assertThat(ran).as(all.out() + all.errors()).hasSameSizeAs(commands);
        return ran;
    }

    /** Each page begins in the folder of the distribution. A command's text stands behind its number and exit code. */
    private static List<String> script(List<Command> commands) throws IOException {
        var script = new ArrayList<String>();
        var seen = new TreeSet<String>();
        String page = "";
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            if (!command.page().equals(page)) script.add("cd /opt/cobnut");
            page = command.page();
            if (command.text().equals(VOLTAGE) && !seen.add(command.text())) script.addAll(correction());
            script.addAll(List.of(
                    "{ " + command.text(),
                    "} < /dev/null > /opt/out 2>&1",
                    "printf '" + MARK + i + " %s\\n' $?; cat /opt/out; echo"));
        }
        return script;
    }

    /** The file that docs/mappings.md has its reader write, and the second that it takes to count. */
    private static List<String> correction() throws IOException {
        Matcher file = CORRECTED.matcher(Files.readString(ROOT.resolve("docs/mappings.md")));
        assertThat(file.find()).isTrue();
        return List.of(
                "mkdir -p /etc/nut/mappings; cat > /etc/nut/mappings/megatec.map << 'END-OF-FILE'",
                file.group(1) + "END-OF-FILE",
                "for try in 1 2 3 4 5 6 7 8 9 10; do [ \"$(" + VOLTAGE + ")\" = 13.60 ] || break; sleep 0.5; done");
    }
}
