package org.cobnut.conf.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.FileStore;
import org.cobnut.program.PasswordPrompt;

/**
 * Runs {@code nutctl setup}: looks for devices, shows what it would add to NUT's files for them, tries it out, asks, and then
 * writes it.
 */
public final class SetupProgram {
    private static final String HELP = """
            usage: nutctl setup [--yes] [--untried] [--serial PORTS] [--snmp ADDRESS/BITS] [--xml] [--simulation]

            Looks for devices, on USB when nothing else is said, and adds to ups.conf, upsd.users, upsmon.conf and nut.conf
            what serves them and shuts this machine down in time. Shows it and tries it out before it asks whether to
            write it. What is configured already stays as it is. Type it as root.

              --yes          write it without a question, unless the trial fails
              --untried      do not try it out
              --usb          devices on USB, beside others that are named here
              --serial PORTS devices on these serial ports, such as /dev/ttyS0, with commas between them; or auto.
                             Whatever hangs at them gets bytes
              --snmp ADDRESS/BITS
                             network cards that answer SNMP; an address without bits is one device
              --xml          network cards that serve XML, by broadcast
              --simulation   files of dummy-ups in the configuration directory
            """;

    private static final String LETTERS = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 22;

    private final Path home;
    private final Path directory;
    private final PrintStream out;
    private final InputStream in;

    SetupProgram(Path home, Path directory, InputStream in, PrintStream out) {
        this.home = home;
        this.directory = directory;
        this.in = in;
        this.out = out;
    }

    /** Exits with 0 when all is written, or nothing need be; else with 1. */
    public static void main(String[] args) {
        var setup = new SetupProgram(
                Path.of(System.getProperty("cobnut.home", "/opt/cobnut")),
                Path.of(System.getProperty("cobnut.confpath", "/etc/nut")),
                System.in,
                System.out);
        try {
            System.exit(setup.run(args) ? 0 : 1);
        } catch (IOException refused) {
            System.err.println("nutctl setup: " + FileStore.told(refused));
        } catch (IllegalArgumentException wrong) {
            System.err.println("nutctl setup: " + wrong.getMessage());
        }
        System.exit(1);
    }

    /** Tells whether the files hold what serves the devices that are there. */
    boolean run(String... args) throws IOException {
        var options = new ArrayList<>(List.of(args));
        if (options.remove("-h") || options.remove("--help")) {
            out.print(HELP);
            return true;
        }
        boolean yes = options.remove("--yes");
        boolean untried = options.remove("--untried");
        List<String> scan = scan(options);
        if (!Files.isDirectory(directory)) throw new IOException(directory + " is not a directory; make it first");
        List<FoundDevice> found = FoundDevice.in(scanner(scan));
        if (found.isEmpty()) {
            out.println(
                    "No device was found. Is it plugged in, and switched on? For devices elsewhere: nutctl setup --help;"
                            + " for what is there and not permitted: nutctl doctor");
            return false;
        }
        Proposal proposal = Proposal.of(directory, found, SetupProgram::password);
        proposal.additions().forEach(addition -> out.println(addition.shown(directory)));
        proposal.remarks().forEach(out::println);
        if (proposal.names().isEmpty()) {
            out.println("Nothing is to be written.");
            return true;
        }
        if (!sound(proposal) || (!untried && !tried(proposal))) return false;
        if (!yes && !agreed()) {
            out.println("Nothing is written.");
            return false;
        }
        proposal.write(directory);
        proposal.additions().stream()
                .map(addition -> "wrote " + directory.resolve(addition.file()))
                .distinct()
                .forEach(out::println);
        out.println(
                "The passwords are in upsd.users. Start or restart Cobnut (systemctl restart nut-server nut-monitor, or"
                        + " cobnut run); then see: nutctl status, nutctl doctor");
        return true;
    }

    /** The words for nut-scanner. */
    private static List<String> scan(List<String> options) {
        var words = new ArrayList<String>();
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            switch (option) {
                case "--usb" -> words.add("-U");
                case "--xml" -> words.add("-M");
                case "--simulation" -> words.add("-n");
                case "--serial" -> words.addAll(List.of("-E", value(options, ++i)));
                case "--snmp" -> {
                    String where = value(options, ++i);
                    words.addAll(where.contains("/") ? List.of("-S", "-m", where) : List.of("-S", "-s", where));
                }
                default ->
                    throw new IllegalArgumentException("unexpected word \"" + option + "\"; see: nutctl setup --help");
            }
        }
        return words.isEmpty() ? List.of("-U") : words;
    }

    private static String value(List<String> options, int at) {
        if (at < options.size() && !options.get(at).startsWith("-")) return options.get(at);
        throw new IllegalArgumentException(options.get(at - 1) + ": a word is missing; see: nutctl setup --help");
    }

    private String scanner(List<String> options) throws IOException {
        var command =
                new ArrayList<>(List.of(home.resolve("bin/nut-scanner").toString(), "--quiet", "--disp_nut_conf"));
        command.addAll(options);
        out.println("Looking for devices ...");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        try {
            if (process.waitFor() != 0) throw new IOException("nut-scanner did not end well; nothing is written");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
        return text;
    }

    /** Holds the files as they would be to the checks of nutctl config check. */
    private boolean sound(Proposal proposal) throws IOException {
        List<Fault> faults = proposal.faults(directory);
        faults.forEach(out::println);
        boolean sound = Fault.grave(faults).isEmpty();
        if (!sound) out.println("Nothing is written, for the files would hold these errors.");
        return sound;
    }

    private boolean tried(Proposal proposal) throws IOException {
        out.println("Trying it out, apart from what runs here ...");
        try (var trial = new Trial(home)) {
            trial.start(directory, proposal);
            Trial.Result result = trial.devices(proposal.names());
            result.lines().forEach(out::println);
            if (!result.good()) {
                out.println("Nothing is written. See: nutctl doctor; to write it all the same: nutctl setup --untried");
                return false;
            }
            if (!proposal.monitors().isEmpty()) trial.rehearsal(proposal).forEach(out::println);
            out.println();
            return true;
        }
    }

    private boolean agreed() throws IOException {
        if (in == System.in && !PasswordPrompt.terminal()) {
            out.println("There is nobody to ask: --yes writes it without a question.");
            return false;
        }
        out.print("Write this? [y/N] ");
        out.flush();
        String answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1)).readLine();
        return answer != null && answer.strip().matches("(?i)y|yes");
    }

    private static String password() {
        Random random = new SecureRandom();
        return random.ints(LENGTH, 0, LETTERS.length())
                .mapToObj(LETTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }
}
