package org.cobnut.conf.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionId;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.FileStore;
import org.cobnut.program.PasswordPrompt;
import org.cobnut.wire.HashedPassword;

/** Runs {@code nutctl passwd}: hashes a password, and writes it into upsd.users or prints the line. */
public final class PasswdProgram {
    private static final String HELP = """
            usage: nutctl passwd [-p] [-i ITERATIONS] USER

            Asks for a password, hashes it and writes it into upsd.users for the user, who is made if there is none.
              -p  print the line instead, and change no file
              -i  how often it is hashed; default %d, and more takes who guesses, and upsd, longer
            The password is one line of standard input where that is no terminal.
            """.formatted(HashedPassword.ITERATIONS);

    /** A question's answer, typed unseen. */
    interface Ask {
        String secret(String prompt) throws IOException;
    }

    private final Path directory;
    private final Ask ask;

    /** Asks at a terminal; of a pipe it takes one line, which answers every question. */
    private static final class StandardInput implements Ask {
        private final PasswordPrompt prompt = new PasswordPrompt(System.in, System.err);
        private Optional<String> piped = Optional.empty();

        @Override
        public String secret(String question) throws IOException {
            if (PasswordPrompt.terminal()) return prompt.ask(question).orElse("");
            if (piped.isEmpty()) piped = Optional.of(prompt.line().orElse(""));
            return piped.get();
        }
    }

    PasswdProgram(Path directory, Ask ask) {
        this.directory = directory;
        this.ask = ask;
    }

    /** Does what the arguments say; exits 0, or 1 after one line on standard error. */
    public static void main(String[] args) {
        Path directory = Path.of(System.getProperty("cobnut.confpath", "/etc/nut"));
        try {
            System.out.println(new PasswdProgram(directory, new StandardInput()).run(args));
        } catch (IOException refused) {
            System.err.println("nutctl passwd: " + FileStore.told(refused));
            System.exit(1);
        } catch (IllegalArgumentException wrong) {
            System.err.println("nutctl passwd: " + wrong.getMessage());
            System.exit(1);
        }
    }

    /**
     * What is to be printed when all is done.
     *
     * @throws IllegalArgumentException when the arguments or the password will not do
     */
    String run(String... args) throws IOException {
        var words = new ArrayList<>(List.of(args));
        if (words.isEmpty() || words.get(0).equals("-h") || words.get(0).equals("--help")) return HELP.stripTrailing();
        boolean print = words.remove("-p");
        int iterations = iterations(words);
        if (words.size() != 1 || words.get(0).startsWith("-"))
            throw new IllegalArgumentException("one USER is wanted"
                    + (words.isEmpty() ? "" : ", not \"" + String.join(" ", words) + '"')
                    + "; see: nutctl passwd -h");
        String user = words.get(0);
        if (!Schema.UPSD_USERS.title().allows(user)) throw new IllegalArgumentException("not a name for a user");
        String hashed = HashedPassword.of(password(), iterations).text();
        return print ? "password = " + hashed : write(user, hashed);
    }

    private static int iterations(List<String> words) {
        int at = words.indexOf("-i");
        if (at < 0) return HashedPassword.ITERATIONS;
        String number = at + 1 < words.size() ? words.remove(at + 1) : "";
        words.remove(at);
        if (number.matches("[0-9]{1,8}")) {
            int iterations = Integer.parseInt(number);
            if (iterations >= 1000 && iterations <= HashedPassword.MOST_ITERATIONS) return iterations;
        }
        throw new IllegalArgumentException("-i wants a number from 1000 to " + HashedPassword.MOST_ITERATIONS);
    }

    /** What NUT's clients can send: printable ASCII, and at most as much as one word of the grammar holds. */
    private String password() throws IOException {
        String password = ask.secret("Password: ");
        if (!password.matches("[ -~]{1,512}"))
            throw new IllegalArgumentException("a password is 1 to 512 printable ASCII characters");
        if (!ask.secret("Again: ").equals(password)) throw new IllegalArgumentException("the two differ");
        return password;
    }

    private String write(String user, String hashed) throws IOException {
        var files = new NutFiles(directory);
        DiskState diskState = files.readDisk();
        for (Fault fault : diskState.missing())
            if (fault.file().endsWith(Schema.UPSD_USERS.file())) throw new IOException(fault.toString());
        files.adopt(diskState);
        var sectionId = new SectionId(Schema.UPSD_USERS, user);
        boolean known = diskState.find(sectionId).isPresent();
        Map<String, Object> values = new LinkedHashMap<>(
                diskState.find(sectionId).map(SectionValues::values).orElse(Map.of()));
        values.put("password", hashed);
        values.put("name", user);
        files.store(sectionId.pid(), values);
        Path file = directory.resolve(Schema.UPSD_USERS.file());
        return known
                ? file + ": the password of [" + user + "] is another now"
                : file + ": made [" + user + "], who has no rights yet (actions, instcmds, upsmon)";
    }
}
