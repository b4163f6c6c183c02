package org.cobnut.conf.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cobnut.conf.text.FileStore;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.wire.Version;

/**
 * Runs nutconf(8), and {@code nutctl config} with the same words: reads and changes NUT's files, whether Cobnut runs or
 * not. When it cannot do something it says so in one line and leaves that file unchanged.
 */
public final class NutconfProgram {
    private static final String HELP = """
            usage: nutconf [--system | --local DIR] OPTION ARGUMENT...  [OPTION ARGUMENT...]
                   nutctl config OPTION ARGUMENT...     (without the hyphens)

            Reads and changes NUT's configuration files. set takes the place of what was there, add leaves it.

              --is-configured            exit code 0 when MODE in nut.conf is another than none
              --get-mode                 print MODE
              --set-mode MODE            none, standalone, netserver, netclient, controlled or manual
              --set-monitor | --add-monitor UPS HOST[:PORT] POWERVALUE USER PASSWORD primary|secondary
              --set-listen | --add-listen ADDRESS [PORT]
              --set-device | --add-device UPS DRIVER PORT [KEY=VALUE...]
              --set-notifyflags | --add-notifyflags TYPE FLAG...
              --set-notifymsg TYPE TEXT
              --set-shutdowncmd COMMAND
              --set-user | --add-user USER [password=TEXT] [actions=TEXT] [instcmds=TEXT...] [upsmon=primary|secondary]
              --get FILE [SECTION] KEY                  (not in NUT) print the value
              --set FILE [SECTION] KEY [VALUE...]       (not in NUT) change it, or without a value take it away
              --system                   the directory of this installation (NUT_CONFPATH, else etc); the default
              --local DIR                another directory
              -v, -D                     taken, and without effect
              -V                         print the version
            """;

    /** The kinds of notices of upsmon. */
    public static final Set<String> TYPES = Set.of(
            "ONLINE ONBATT LOWBATT FSD COMMOK COMMBAD SHUTDOWN SHUTDOWN_HOSTSYNC REPLBATT NOCOMM NOPARENT CAL NOTCAL OFF"
                    .concat(" NOTOFF BYPASS NOTBYPASS ECO NOTECO ALARM NOTALARM OVER NOTOVER TRIM NOTTRIM BOOST")
                    .concat(" NOTBOOST OTHER NOTOTHER SUSPEND_STARTING SUSPEND_FINISHED")
                    .split(" "));

    private static final Set<String> FLAGS = Set.of("SYSLOG", "WALL", "EXEC", "IGNORE");

    private final Map<String, Document> documents = new LinkedHashMap<>();
    private final Set<String> emptied = new LinkedHashSet<>();
    private final StringBuilder out = new StringBuilder();
    private Path directory;

    NutconfProgram(Path directory) {
        this.directory = directory;
    }

    /** Does what the words say; exits 1, after a line on standard error, when it cannot. */
    public static void main(String[] args) {
        var nutconf = new NutconfProgram(Path.of(System.getProperty("cobnut.confpath", "/etc/nut")));
        boolean good = false;
        try {
            good = nutconf.run(args);
        } catch (IOException e) {
            System.err.println("Error: " + FileStore.told(e));
        }
        System.out.print(nutconf.out);
        System.exit(good ? 0 : 1);
    }

    /** What there is to print. */
    String out() {
        return out.toString();
    }

    /** Tells whether all of it could be done, and every question was answered with yes. */
    boolean run(String... args) throws IOException {
        List<List<String>> deviceOrder = deviceOrder(args);
        boolean good = true;
        for (List<String> order : deviceOrder) if (order.get(0).equals("local")) directory = Path.of(word(order, 1));
        for (List<String> order : deviceOrder) good &= run(order.get(0), order);
        for (Document document : documents.values()) document.save();
        return good;
    }

    /** Options with two hyphens and the words behind each; of nutctl, one without hyphens. */
    private static List<List<String>> deviceOrder(String... args) throws IOException {
        var deviceOrder = new ArrayList<List<String>>();
        boolean bare = args.length > 0 && !args[0].startsWith("-");
        for (String arg : args) {
            boolean option = bare ? deviceOrder.isEmpty() : arg.startsWith("--") || arg.matches("-[hvDV]+|-help");
            if (option) deviceOrder.add(new ArrayList<>(List.of(arg.replaceFirst("^--?", ""))));
            else if (deviceOrder.isEmpty())
                throw new IOException("an option is wanted, not " + arg + "; see nutconf --help");
            else deviceOrder.get(deviceOrder.size() - 1).add(arg);
        }
        if (deviceOrder.isEmpty()) deviceOrder.add(List.of("help"));
        return deviceOrder;
    }

    /** A word more than an option takes is a mistake, and not to be lost. */
    private static void refuseMore(List<String> order) throws IOException {
        String option = order.get(0);
        int most =
                switch (option) {
                    case "h", "help", "V", "version", "system", "is-configured", "get-mode" -> 0;
                    case "local", "set-mode", "set-shutdowncmd" -> 1;
                    case "set-notifymsg" -> 2;
                    default -> order.size();
                };
        if (order.size() - 1 > most)
            throw new IOException(
                    "--%s: unexpected word \"%s\"; see nutconf --help".formatted(option, order.get(most + 1)));
    }

    private boolean run(String option, List<String> order) throws IOException {
        refuseMore(order);
        if (option.startsWith("scan-"))
            throw new IOException("--" + option + ": this nutconf does not look for devices; nut-scanner does");
        switch (option) {
            case "h", "help" -> out.append(HELP);
            case "V", "version" -> out.append(Version.of("nutconf")).append('\n');
            case "system", "local", "verbose" -> {}
            case "is-configured" -> {
                return !mode().equals("none");
            }
            case "get-mode" -> out.append(mode()).append('\n');
            case "set-mode" -> nutConf().put("", entry -> entry.key().equals("MODE"), lines("MODE", word(order, 1)));
            case "set-monitor", "add-monitor" -> monitor(order);
            case "set-listen", "add-listen" -> listen(order);
            case "set-device", "add-device" -> device(order);
            case "set-notifyflags", "add-notifyflags" -> notifyFlags(order);
            case "set-notifymsg" -> notify("NOTIFYMSG", type(order), word(order, 2));
            case "set-shutdowncmd" ->
                upsmonConf().put("", entry -> entry.key().equals("SHUTDOWNCMD"), lines("SHUTDOWNCMD", word(order, 1)));
            case "set-user", "add-user" -> user(order);
            case "get" -> {
                return get(order);
            }
            case "set" -> set(order);
            default -> {
                if (!option.matches("[vD]+"))
                    throw new IOException("unknown option " + option + "; see nutconf --help");
            }
        }
        return true;
    }

    private String mode() throws IOException {
        List<List<String>> modes = nutConf().find("", "MODE");
        return modes.isEmpty() ? "none" : String.join(" ", modes.get(modes.size() - 1));
    }

    private void monitor(List<String> order) throws IOException {
        if (order.size() != 7) throw wrong(order, "UPS HOST[:PORT] POWERVALUE USER PASSWORD primary|secondary");
        if (!order.get(3).matches("[0-9]{1,9}")) throw wrong(order, "a whole number as the power value");
        add(
                upsmonConf(),
                order.get(0),
                "MONITOR",
                List.of(
                        "MONITOR",
                        order.get(1) + '@' + order.get(2),
                        order.get(3),
                        order.get(4),
                        order.get(5),
                        role(order, order.get(6))));
    }

    private void listen(List<String> order) throws IOException {
        if (order.size() < 2 || order.size() > 3) throw wrong(order, "ADDRESS [PORT]");
        var words = new ArrayList<>(order);
        words.set(0, "LISTEN");
        add(document("upsd.conf", LineSyntax.DIRECTIVES), order.get(0), "LISTEN", words);
    }

    /** Adds a line behind its like, after set has taken those away that it found. */
    private void add(Document document, String option, String key, List<String> words) {
        if (option.startsWith("set-") && emptied.add(key))
            document.put("", entry -> entry.key().equals(key), List.of(words));
        else document.add("", words);
    }

    private void device(List<String> order) throws IOException {
        if (order.size() < 4) throw wrong(order, "UPS DRIVER PORT [KEY=VALUE...]");
        var lines = new ArrayList<List<String>>();
        lines.add(List.of("driver", order.get(2)));
        lines.add(List.of("port", order.get(3)));
        for (String attribute : order.subList(4, order.size())) lines.add(attribute(attribute));
        section(document("ups.conf", LineSyntax.SECTIONS), order, order.get(1), lines);
    }

    private void user(List<String> order) throws IOException {
        if (order.size() < 2)
            throw wrong(order, "USER [password=TEXT] [actions=TEXT] [instcmds=TEXT...] [upsmon=ROLE]");
        // NUT's special form: the user of that name, in that role.
        String name = order.get(1);
        List<String> attributes = new ArrayList<>(order.subList(2, order.size()));
        if (name.startsWith("upsmon=")) {
            attributes.add(name);
            name = "upsmon";
        }
        var lines = new ArrayList<List<String>>();
        for (String attribute : attributes) {
            List<String> words = attribute(attribute);
            boolean upsmon = words.get(0).equals("upsmon") && words.size() > 1;
            lines.add(upsmon ? List.of("upsmon", role(order, words.get(1))) : words);
        }
        section(document("upsd.users", LineSyntax.SECTIONS), order, name, lines);
    }

    private void section(Document document, List<String> order, String name, List<List<String>> lines)
            throws IOException {
        if (order.get(0).startsWith("set-") && emptied.add(order.get(0)))
            document.sections().forEach(document::remove);
        if (document.has(name)) throw new IOException("section [" + name + "] exists already");
        document.append(name, lines);
    }

    private void notifyFlags(List<String> order) throws IOException {
        if (order.size() < 3) throw wrong(order, "TYPE FLAG...");
        String type = type(order);
        var flags = new LinkedHashSet<String>();
        if (order.get(0).startsWith("add-"))
            for (List<String> values : upsmonConf().find("", "NOTIFYFLAG"))
                if (values.size() > 1 && values.get(0).equals(type))
                    flags.addAll(List.of(values.get(1).split("\\+")));
        for (String flag : order.subList(2, order.size()))
            for (String each : flag.toUpperCase(Locale.ROOT).split("\\+")) {
                if (!FLAGS.contains(each)) throw wrong(order, "flags among SYSLOG, WALL, EXEC and IGNORE");
                flags.add(each);
            }
        notify("NOTIFYFLAG", type, String.join("+", flags));
    }

    private void notify(String key, String type, String value) throws IOException {
        upsmonConf()
                .put(
                        "",
                        entry -> entry.key().equals(key)
                                && entry.words().size() > 1
                                && entry.words().get(1).equals(type),
                        List.of(List.of(key, type, value)));
    }

    private boolean get(List<String> order) throws IOException {
        if (order.size() < 3 || order.size() > 4) throw wrong(order, "FILE [SECTION] KEY");
        List<List<String>> found = file(order).find(order.size() > 3 ? order.get(2) : "", order.get(order.size() - 1));
        for (List<String> values : found) out.append(String.join(" ", values)).append('\n');
        return !found.isEmpty();
    }

    private void set(List<String> order) throws IOException {
        Document document = file(order);
        boolean sectioned = order.size() > 3 && document.has(order.get(2));
        int key = sectioned ? 3 : 2;
        if (order.size() <= key) throw wrong(order, "FILE [SECTION] KEY [VALUE...]");
        List<String> words = List.copyOf(order.subList(key, order.size()));
        document.put(
                sectioned ? order.get(2) : "",
                entry -> entry.key().equals(words.get(0)),
                words.size() > 1 ? List.of(words) : List.of());
    }

    private Document file(List<String> order) throws IOException {
        String name = word(order, 1);
        return switch (name) {
            case "nut.conf" -> nutConf();
            case "ups.conf", "upsd.users" -> document(name, LineSyntax.SECTIONS);
            case "upsd.conf", "upsmon.conf" -> document(name, LineSyntax.DIRECTIVES);
            default -> throw wrong(order, "one of nut.conf, ups.conf, upsd.conf, upsd.users and upsmon.conf");
        };
    }

    private Document nutConf() throws IOException {
        return document("nut.conf", LineSyntax.SHELL);
    }

    private Document upsmonConf() throws IOException {
        return document("upsmon.conf", LineSyntax.DIRECTIVES);
    }

    private Document document(String name, LineSyntax style) throws IOException {
        Document document = documents.get(name);
        if (document == null) {
            document = Document.of(directory, name, style);
            documents.put(name, document);
        }
        return document;
    }

    private static List<List<String>> lines(String... words) {
        return List.of(List.of(words));
    }

    private static List<String> attribute(String text) {
        int sign = text.indexOf('=');
        return sign < 0 ? List.of(text) : List.of(text.substring(0, sign), text.substring(sign + 1));
    }

    private static String role(List<String> order, String role) throws IOException {
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "primary", "master" -> "primary";
            case "secondary", "slave" -> "secondary";
            default -> throw wrong(order, "primary or secondary");
        };
    }

    private static String type(List<String> order) throws IOException {
        if (!TYPES.contains(word(order, 1))) throw wrong(order, "a type of notice, such as ONBATT");
        return order.get(1);
    }

    private static String word(List<String> order, int index) throws IOException {
        if (order.size() <= index) throw wrong(order, index + (index > 1 ? " words" : " word"));
        return order.get(index);
    }

    /** Names the option, never its words: one may be a password. */
    private static IOException wrong(List<String> order, String wants) {
        return new IOException("--" + order.get(0) + " wants " + wants);
    }
}
