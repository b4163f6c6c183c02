package org.cobnut.cli.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cobnut.program.ProgramFailure;

/**
 * Describes a command of the runtime's shell for nutctl: its arguments and its purpose. Help and usage errors come from
 * here, so they need no running Cobnut.
 *
 * @param words how many words may follow the name
 */
public record NutctlCommand(String name, String arguments, List<Integer> words, String does) {
    static final List<NutctlCommand> ALL = List.of(
            of(
                    "list",
                    "[UPS]",
                    "shows every device: its driver, its status, and what is missing; of one also how its driver gets on",
                    0,
                    1),
            of("status", "[UPS]", "shows how every device is, or one: its status in words, and what it measures", 0, 1),
            of("watch", "[UPS]", "shows the same again each second, until Ctrl+C", 0, 1),
            of("health", "", "tells whether all is well, and ends with 1 when not: every device, the certificate", 0),
            of(
                    "fleet",
                    "[watch]",
                    "shows every UPS that any machine publishes at the MQTT broker; watch: again each second",
                    0,
                    1),
            of("vars", "UPS [VARIABLE]", "shows the variables of a device, or the value of one", 1, 2),
            of("set", "UPS VARIABLE VALUE", "writes a variable, and waits for what the device says", 3),
            of("cmd", "UPS [COMMAND [ARGUMENT]]", "shows the commands of a device, or runs one and waits", 1, 2, 3),
            of(
                    "record",
                    "UPS FILE | UPS stop",
                    "writes down what passes between a device and its driver, until it is stopped; driver = replay plays it",
                    2),
            of("clients", "", "shows who is logged into each device over the network", 0),
            of(
                    "drivers",
                    "[available | --supported MODEL | install NAME | install JAR | update JAR | start BUNDLE | stop BUNDLE | uninstall BUNDLE]",
                    "shows the drivers' bundles, what catalogs offer, or the driver of a model; installs from a catalog or a jar, or changes one",
                    0,
                    1,
                    2),
            of(
                    "scan",
                    "[KIND [WHERE [PORT]]]",
                    "looks for devices, and shows their sections for ups.conf; without words: all that is found unasked",
                    0,
                    1,
                    2,
                    3),
            of(
                    "mapping",
                    "list | show NAME | check FILE | explain UPS | draft HOST [COMMUNITY [VERSION]]",
                    "shows mapping files, tells what is wrong with one, or from which row each value of a device comes;"
                            + " drafts one for a network card",
                    1,
                    2,
                    3,
                    4),
            of("hid", "UPS", "prints all that a USB HID device can tell, as a tree with values", 1),
            of("plan", "", "shows what a shutdown of this machine waits for", 0),
            of("rehearse", "", "tells the steps of a shutdown, and does none of them", 0),
            of("resume", "", "has UPSes watched again when SHUTDOWNCMD ended well and this machine stayed up", 0),
            of("events", "[NUMBER]", "shows the last notices", 0, 1),
            of(
                    "notify",
                    "list | log [NUMBER] | test [TARGET]",
                    "shows the targets of notify.conf and how they do, or what came of the last messages; sends a test to all"
                            + " targets, or to one, and says what came of it",
                    1,
                    2),
            of(
                    "config",
                    "[PID [KEY VALUE] | diff]",
                    "shows the configurations in force, or one; sets a value, in the file too; shows what differs",
                    0,
                    1,
                    3),
            of("reload", "[--if-running]", "reads the files again now; fails when they are refused", 0, 1),
            of("loglevel", "LEVEL", "sets how much is logged: ERROR, WARN, INFO or DEBUG", 1));

    public NutctlCommand {
        words = List.copyOf(words);
    }

    private static NutctlCommand of(String name, String arguments, String does, Integer... words) {
        return new NutctlCommand(name, arguments, List.of(words), does);
    }

    /** The command of that name, which may stand behind its scope; another bundle's is not known here. */
    static Optional<NutctlCommand> named(String word) {
        String name = word.startsWith("nut:") ? word.substring("nut:".length()) : word;
        for (NutctlCommand command : ALL) if (command.name.equals(name)) return Optional.of(command);
        return Optional.empty();
    }

    /** Tells whether --json behind it asks for JSON, and is no word for the device. */
    boolean printsJson() {
        return !name.equals("set") && !name.equals("watch");
    }

    /** How it is typed. */
    String usage() {
        return arguments.isEmpty() ? "nutctl " + name : "nutctl " + name + ' ' + arguments;
    }

    /**
     * Makes sure that the words behind the name are as many as it takes, and numbers where it takes numbers.
     *
     * @throws Failure when not: it names the first word too many
     */
    void check(List<String> given) throws ProgramFailure {
        if (name.equals("drivers") || name.equals("mapping")) {
            checkVerb(given);
            return;
        }
        boolean diff = name.equals("config") && !given.isEmpty() && given.get(0).equals("diff");
        if (words.contains(given.size()) && !(diff && given.size() > 1)) {
            int number = name.equals("events") ? 0 : name.equals("scan") ? 2 : given.size();
            if (number < given.size() && !given.get(number).matches("[1-9][0-9]{0,8}"))
                throw new ProgramFailure("nutctl %s: unexpected word \"%s\", for a number above 0 is wanted; usage: %s"
                        .formatted(name, given.get(number), usage()));
            return;
        }
        throw misused(given, diff ? 1 : words.get(words.size() - 1));
    }

    /** For arguments that are alternatives, each of which begins with a word of its own. */
    private void checkVerb(List<String> given) throws ProgramFailure {
        boolean needed = !arguments.startsWith("[");
        if (given.isEmpty()) {
            if (needed) throw misused(given, 0);
            return;
        }
        int most = 0;
        for (String alternative :
                (needed ? arguments : arguments.substring(1, arguments.length() - 1)).split(" \\| ")) {
            String[] form = alternative.split(" ");
            if (!form[0].equals(given.get(0))) continue;
            most = form.length;
            long least =
                    Arrays.stream(form).filter(word -> !word.startsWith("[")).count();
            if (given.size() >= least && given.size() <= most) return;
        }
        throw misused(given, most);
    }

    /** @param most how many words there may be; the one behind them is named */
    private ProgramFailure misused(List<String> given, int most) {
        return new ProgramFailure("nutctl " + name + ": "
                + (given.size() > most ? "unexpected word \"" + given.get(most) + '"' : "a word is missing")
                + "; usage: " + usage());
    }
}
