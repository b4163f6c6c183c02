import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * Makes manual pages of a distribution: ManPages DISTRIBUTION VERSION OUT DRIVER... A program's page is what it prints by -h; pages of
 * files and of drivers are those of the documentation.
 */
final class ManPages {
    /** Section, name, and what stands behind the name; of a program or of a file. */
    private record Page(int section, String name, String purpose) {}

    private static final List<Page> PROGRAMS = List.of(
            new Page(1, "nutctl", "control a running Cobnut, and its files"),
            new Page(8, "cobnut", "run drivers, upsd and upsmon in one process"),
            new Page(8, "nut-recorder", "record a device into a file that dummy-ups plays"),
            new Page(8, "nut-scanner", "look for devices"),
            new Page(8, "nutconf", "read and change NUT's files"),
            new Page(8, "sockdebug", "talk with the socket of a driver"),
            new Page(8, "upsc", "show variables of a UPS"),
            new Page(8, "upscmd", "run instant commands of a UPS"),
            new Page(8, "upsd", "serve UPSes to clients"),
            new Page(8, "upsdrvctl", "start and stop drivers"),
            new Page(8, "upslog", "write variables of UPSes into files"),
            new Page(8, "upsmon", "watch UPSes, and shut this machine down in time"),
            new Page(8, "upsrw", "set variables of a UPS"),
            new Page(8, "upssched", "act on notices of upsmon, at once or later"));

    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "nut.conf", "which parts of NUT this machine runs",
            "ups.conf", "the UPSes of this machine and their drivers",
            "upsd.conf", "how devices are served to clients",
            "upsd.users", "who may change settings, run commands and log in",
            "upsmon.conf", "which UPSes feed this machine, and how it shuts down",
            "upssched.conf", "what is done at a notice of upsmon",
            "mqtt.conf", "publish UPSes at an MQTT broker",
            "notify.conf", "whom to tell of notices of upsmon, and how"));

    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final Path home;
    private final String version;
    private final Path out;

    private ManPages(String[] arguments) {
        home = Path.of(arguments[0]).toAbsolutePath();
        version = arguments[1];
        out = Path.of(arguments[2]);
    }

    public static void main(String[] arguments) throws Exception {
        var pages = new ManPages(arguments);
        pages.programs();
        pages.files();
        pages.drivers(List.of(arguments).subList(3, arguments.length));
    }

    private void programs() throws Exception {
        var running = new LinkedHashMap<Page, Process>();
        for (Page page : PROGRAMS)
            running.put(page, new ProcessBuilder(home.resolve("bin/" + page.name).toString(), "-h")
                    .redirectErrorStream(true)
                    .start());
        String manual = Files.readString(home.resolve("docs/programs.md"));
        for (var each : running.entrySet()) {
            String help = new String(each.getValue().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (each.getValue().waitFor() != 0 || !help.contains("usage: "))
                throw new IOException(each.getKey().name + " -h does not say its usage: " + help);
            String text = Usage.roff(help);
            Optional<Node> chapter = chapter(manual, each.getKey().name);
            if (chapter.isPresent()) text += ".SH NOTES\n" + Roff.of(chapter.get(), 0);
            write(each.getKey(), text);
        }
    }

    private void files() throws IOException {
        String manual = Files.readString(home.resolve("docs/files.md"));
        int first = manual.indexOf("\n## ");
        for (var file : FILES.entrySet()) {
            String text = ".SH DESCRIPTION\n" + Roff.of(chapter(manual, file.getKey()).orElseThrow(), 0);
            Path sample = home.resolve("etc").resolve(file.getKey() + ".sample");
            if (!Files.exists(sample)) sample = home.resolve("etc").resolve(file.getKey());
            text += ".SH EXAMPLE\n" + Roff.literal(Files.readString(sample));
            text += ".SH EDITS\n" + Roff.of(PARSER.parse(manual.substring(manual.indexOf('\n'), first)), 1);
            write(new Page(5, file.getKey(), file.getValue()), text);
        }
        String programs = Files.readString(home.resolve("docs/programs.md"));
        write(
                new Page(5, "nutauth.conf", "who a client is"),
                ".SH DESCRIPTION\n" + Roff.of(chapter(programs, "nutauth.conf").orElseThrow(), 0));
    }

    /** A page for each of the drivers; several that one document tells of share it. */
    private void drivers(List<String> names) throws IOException {
        var documents = new TreeMap<Path, String>();
        try (var files = Files.list(home.resolve("docs/drivers"))) {
            for (Path file : files.toList())
                if (!file.endsWith("README.md") && !file.endsWith("writing.md")) documents.put(file, Files.readString(file));
        }
        var made = new TreeMap<Path, String>();
        for (String name : names) {
            Path document = documents.keySet().stream()
                    .filter(file -> file.endsWith(name + ".md"))
                    .findFirst()
                    .or(() -> documents.entrySet().stream()
                            .filter(each -> title(each.getValue()).matches(".*(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-]).*"))
                            .map(Map.Entry::getKey)
                            .findFirst())
                    .or(() -> documents.entrySet().stream()
                            .filter(each -> each.getValue().contains('`' + name + '`'))
                            .map(Map.Entry::getKey)
                            .findFirst())
                    .orElseThrow(() -> new IOException("no page of docs/drivers tells of " + name));
            String first = made.putIfAbsent(document, name);
            if (first != null) {
                Files.createSymbolicLink(place(8, name), Path.of(first + ".8"));
                continue;
            }
            String text = documents.get(document);
            write(
                    new Page(8, name, "driver of Cobnut: " + title(text).replaceFirst("^`?[a-z-]+`?: ", "").replace("`", "")),
                    ".SH DESCRIPTION\n" + Roff.of(PARSER.parse(text.substring(text.indexOf('\n'))), 0));
        }
    }

    private static String title(String document) {
        return document.substring(0, document.indexOf('\n')).replaceFirst("^# *", "");
    }

    /** What stands below the heading that names it. */
    private static Optional<Node> chapter(String document, String name) {
        Matcher heading = Pattern.compile("(?m)^## .*(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w.-]).*\n").matcher(document);
        if (!heading.find()) return Optional.empty();
        int end = document.indexOf("\n## ", heading.end());
        return Optional.of(PARSER.parse(document.substring(heading.end(), end < 0 ? document.length() : end)));
    }

    private void write(Page page, String text) throws IOException {
        String others = PROGRAMS.stream()
                .filter(other -> List.of("nutctl", "upsd", "upsmon", "upsc").contains(other.name) && !other.name.equals(page.name))
                .map(other -> ".BR " + Roff.escaped(other.name) + " (" + other.section + ")")
                .collect(Collectors.joining(" ,\n"));
        Files.writeString(
                place(page.section, page.name),
                ".TH %s %d 2026-01-01 \"Cobnut %s\" \"Network UPS Tools\"\n.ad l\n.nh\n.SH NAME\n%s \\- %s\n%s.SH SEE ALSO\n%s\n"
                        .formatted(
                                Roff.escaped(page.name.toUpperCase(java.util.Locale.ROOT)),
                                page.section,
                                version,
                                Roff.escaped(page.name),
                                Roff.escaped(page.purpose),
                                tidy(text),
                                others));
    }

    /** Without spaces that stand beside other spaces. */
    private static String tidy(String text) {
        return text.replaceAll("(?<=\n)(\\.PP\n)+(?=\\.(PP|TP|SH|SS|IP)\\b)", "")
                .replaceAll("(\\.S[HS] .*\n)(\\.PP\n)+", "$1")
                .replaceAll("(\\.PP\n)+$", "");
    }

    private Path place(int section, String name) throws IOException {
        Path folder = Files.createDirectories(out.resolve("man" + section));
        return folder.resolve(name + "." + section);
    }

    /** The text that a program prints by -h. */
    private static final class Usage {
        private static final Pattern OPTION = Pattern.compile("^ {2,3}(\\S.*?)(?: {2,}-? ?| +- )(\\S.*)$");
        private static final Pattern ALONE = Pattern.compile("^ {2,3}(-?[\\w\\[(<].*)$");

        static String roff(String help) {
            var text = new StringBuilder(".SH SYNOPSIS\n.nf\n");
            List<String> lines = help.lines().filter(line -> !line.startsWith("Network UPS Tools ")).toList();
            var rest = new ArrayList<String>();
            boolean usage = false;
            for (String line : lines) {
                if (line.startsWith("usage: ")) usage = true;
                else if (usage && !line.startsWith("       ")) usage = false;
                if (usage) text.append(Roff.line(line.substring(Math.min(7, line.length())))).append('\n');
                else rest.add(line);
            }
            text.append(".fi\n.SH DESCRIPTION\n");
            boolean item = false;
            for (String line : rest) {
                Matcher option = OPTION.matcher(line);
                Matcher alone = ALONE.matcher(line);
                if (line.isBlank()) {
                    text.append(".PP\n");
                    item = false;
                } else if (option.matches()) {
                    text.append(".TP\n.B ").append(Roff.escaped(option.group(1))).append('\n').append(Roff.line(option.group(2))).append('\n');
                    item = true;
                } else if (alone.matches()) {
                    text.append(".TP\n.B ").append(Roff.escaped(alone.group(1))).append('\n');
                    item = true;
                } else {
                    if (!line.startsWith(" ") && item) text.append(".PP\n");
                    if (!line.startsWith(" ")) item = false;
                    text.append(Roff.line(line.strip())).append('\n');
                }
            }
            return text.toString();
        }
    }

    /** A document as roff. */
    private static final class Roff extends AbstractVisitor {
        private final StringBuilder text = new StringBuilder();
        private final int level;

        private Roff(int level) {
            this.level = level;
        }

        /** Headings of the document are that much lower than they are there. */
        static String of(Node node, int level) {
            var roff = new Roff(level);
            node.accept(roff);
            String made = roff.text.toString();
            return made.startsWith(".PP\n") ? made.substring(4) : made;
        }

        static String escaped(String text) {
            return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha").replace("~", "\\(ti").replaceAll("(?<=\\w/)(?=\\w)", "\\\\:");
        }

        /** A line that is no request of roff's. */
        static String line(String text) {
            String line = escaped(text);
            return line.startsWith(".") ? "\\&" + line : line;
        }

        static String literal(String text) {
            return ".RS 4\n.nf\n" + text.stripTrailing().lines().map(Roff::line).collect(Collectors.joining("\n")) + "\n.fi\n.RE\n";
        }

        @Override
        public void visit(Heading heading) {
            text.append(level == 0 && heading.getLevel() <= 2 ? ".SH " : ".SS ").append('"').append(inline(heading).replace("\"", "\\(dq")).append("\"\n");
        }

        @Override
        public void visit(Paragraph paragraph) {
            text.append(".PP\n");
            paragraph(paragraph);
        }

        private void paragraph(Node paragraph) {
            for (String line : inline(paragraph).split("\n"))
                text.append(line.startsWith(".") ? "\\&" : "").append(line).append('\n');
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            text.append(".PP\n").append(literal(code.getLiteral()));
        }

        @Override
        public void visit(FencedCodeBlock code) {
            text.append(".PP\n").append(literal(code.getLiteral()));
        }

        @Override
        public void visit(BulletList list) {
            items(list, "\\(bu 2");
        }

        @Override
        public void visit(OrderedList list) {
            items(list, "\\(bu 2");
        }

        private void items(Node list, String mark) {
            for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
                text.append(".IP ").append(mark).append('\n');
                for (Node part = ((ListItem) item).getFirstChild(); part != null; part = part.getNext()) {
                    if (part instanceof Paragraph) paragraph(part);
                    else {
                        text.append(".RS 4\n");
                        part.accept(this);
                        text.append(".RE\n");
                    }
                }
            }
        }

        @Override
        public void visit(CustomBlock block) {
            if (!(block instanceof TableBlock)) throw new IllegalArgumentException("no page can show " + block);
            var rows = new ArrayList<List<String>>();
            for (Node part = block.getFirstChild(); part != null; part = part.getNext())
                for (Node row = part.getFirstChild(); row != null; row = row.getNext()) rows.add(cells((TableRow) row));
            List<String> heads = rows.remove(0);
            for (List<String> row : rows) {
                text.append(".TP\n").append(line(0, row.get(0)));
                for (int i = 1; i < row.size(); i++) {
                    if (row.get(i).isEmpty()) continue;
                    if (i > 1) text.append(".br\n");
                    text.append(line(i, (row.size() > 2 && !heads.get(i).isEmpty() ? "\\fI" + heads.get(i) + ":\\fR " : "") + row.get(i)));
                }
            }
            text.append(".PP\n");
        }

        private static String line(int column, String cell) {
            String line = column == 0 && cell.isEmpty() ? "\\&" : cell;
            return (line.startsWith(".") ? "\\&" : "") + line + '\n';
        }

        private static List<String> cells(TableRow row) {
            var cells = new ArrayList<String>();
            for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) cells.add(inline((TableCell) cell));
            return cells;
        }

        private static String inline(Node parent) {
            var text = new StringBuilder();
            for (Node part = parent.getFirstChild(); part != null; part = part.getNext()) {
                if (part instanceof Text plain) text.append(escaped(plain.getLiteral()));
                else if (part instanceof Code code) text.append("\\fB").append(escaped(code.getLiteral())).append("\\fR");
                else if (part instanceof StrongEmphasis) text.append("\\fB").append(inline(part)).append("\\fR");
                else if (part instanceof Emphasis) text.append("\\fI").append(inline(part)).append("\\fR");
                else if (part instanceof SoftLineBreak) text.append('\n');
                else text.append(inline(part));
            }
            return text.toString();
        }
    }
}
