package org.cobnut.conf.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.Schema;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.text.FileStore;
import org.cobnut.wire.Version;

/**
 * Runs {@code nutctl support}: writes a file for whoever is to help, with NUT's files without secrets, and with what the
 * commands of nutctl say.
 */
public final class SupportProgram {
    private static final String USAGE = "usage: nutctl support [FILE.zip]";
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> COMMANDS = List.of(
            "list",
            "status",
            "clients",
            "drivers",
            "mapping list",
            "config",
            "config diff",
            "config check",
            "plan",
            "events 500",
            "notify list",
            "notify log",
            "doctor");

    private final Path home;
    private final Path directory;
    private final MaskedFiles files;

    SupportProgram(Path home, Path directory) {
        this.home = home;
        this.directory = directory;
        files = new MaskedFiles(directory);
    }

    /** Prints what it wrote; exits 1 when it cannot. */
    public static void main(String[] args) {
        List<String> words = List.of(args);
        if (words.contains("-h") || words.contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        if (words.size() > 1 || (words.size() == 1 && words.get(0).startsWith("-"))) {
            String wrong = words.get(words.size() - 1);
            System.err.println("nutctl support: unexpected word \"" + wrong + "\"; " + USAGE);
            System.exit(1);
        }
        String now = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(ZonedDateTime.now(ZoneId.systemDefault()));
        Path file = Path.of(words.isEmpty() ? "cobnut-support-" + now + ".zip" : words.get(0));
        try {
            new SupportProgram(
                            Path.of(System.getProperty("cobnut.home", "/opt/cobnut")),
                            Path.of(System.getProperty("cobnut.confpath", "/etc/nut")))
                    .write(file);
        } catch (IOException refused) {
            System.err.println("nutctl support: " + FileStore.told(refused));
            System.exit(1);
        }
        System.out.println("wrote " + file.toAbsolutePath()
                + ", which only you can read; passwords and comments are left out, names and addresses are not: look at it before"
                + " you give it to anybody");
    }

    /** Makes the file, which must not be there. */
    void write(Path file) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, mode);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE);
                var zip = new ZipOutputStream(out)) {
            // First, for they tell which secrets the others must not show.
            for (Schema schema : Schema.values()) entry(zip, "etc/" + schema.file(), files.text(schema));
            entry(zip, "about.txt", about());
            for (String command : COMMANDS) entry(zip, "nutctl/" + command.replace(' ', '-') + ".txt", said(command));
            for (String ups : upses()) entry(zip, "vars/" + ups.replace('/', '_') + ".txt", said("vars " + ups));
        }
    }

    private void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(files.without(text).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String about() {
        return """
                %s
                written %s
                Java %s (%s), %s %s %s, %d processors
                user %s
                """.formatted(
                        Version.of("nutctl"),
                        ZonedDateTime.now(ZoneId.systemDefault()),
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("user.name"));
    }

    private List<String> upses() {
        return new NutFiles(directory)
                .readDisk().of(Schema.UPS_CONF).map(ParsedFile::sections).orElse(List.of()).stream()
                        .map(SectionValues::name)
                        .distinct()
                        .toList();
    }

    /** What nutctl answers, be it a refusal; never a failure, for the others are wanted all the same. */
    private String said(String command) throws IOException {
        var words = new ArrayList<>(List.of(home.resolve("bin/nutctl").toString()));
        words.addAll(List.of(command.split(" ", -1)));
        Path log = Files.createTempFile("cobnut-support", "");
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) process.destroyForcibly();
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            return text + (ended ? "" : "(no answer within " + PATIENCE_SECONDS + " s)\n");
        } catch (IOException e) {
            return "nutctl " + command + " cannot be run: " + FileStore.told(e) + '\n';
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
