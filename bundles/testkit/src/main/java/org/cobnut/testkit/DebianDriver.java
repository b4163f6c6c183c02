package org.cobnut.testkit;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A driver program of Debian's NUT on some port, to compare ours with: what it says of a device, and what it sends for a
 * command or a setting. Needs the package nut-server.
 */
public final class DebianDriver implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/lib/nut");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final Duration READY = Duration.ofSeconds(40);

    private final Path folder;
    private final Process process;
    private final Path socket;
    /** One connection for all, because 2.8.0 may end when one is closed. */
    private @Nullable SocketChannel channel;

    private DebianDriver(Path folder, Process process, Path socket) {
        this.folder = folder;
        this.process = process;
        this.socket = socket;
    }

    /** Whether the program is there. */
    public static boolean installed(String program) {
        return Files.isExecutable(PROGRAMS.resolve(program));
    }

    /**
     * Starts a driver and waits until it serves its device.
     *
     * @param folder for its files and its socket; a short path
     * @param options further lines of its section
     */
    public static DebianDriver start(Path folder, String program, String port, String... options) throws IOException {
        return start(folder, Map.of(), program, port, options);
    }

    /** The same with further variables of its environment. */
    public static DebianDriver start(
            Path folder, Map<String, String> environment, String program, String port, String... options)
            throws IOException {
        Process process = launch(folder, environment, program, port, List.of(options), "-F");
        var driver = new DebianDriver(folder, process, folder.resolve(program + "-u"));
        try {
            driver.await();
            return driver;
        } catch (IOException e) {
            driver.close();
            throw e;
        }
    }

    /** Lets a driver switch its device off, as {@code driver -k} does, and waits until it ends. */
    public static void killpower(Path folder, String program, String port, String... options) throws IOException {
        killpower(folder, Map.of(), program, port, options);
    }

    /** The same with further variables of its environment. */
    public static void killpower(
            Path folder, Map<String, String> environment, String program, String port, String... options)
            throws IOException {
        Process process = launch(folder, environment, program, port, List.of(options), "-k");
        try (var driver = new DebianDriver(folder, process, folder.resolve("none"))) {
            if (!process.waitFor(READY.toSeconds(), TimeUnit.SECONDS))
                throw new IOException(program + " -k did not end:\n" + driver.log());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it says of the device now. */
    public DriverFacts facts() throws IOException {
        var facts = new TreeMap<String, String>();
        var lengths = new HashMap<String, Integer>();
        var choices = new HashMap<String, List<String>>();
        var ranges = new HashMap<String, List<String>>();
        var settings = new ArrayList<String>();
        for (List<String> words : talk("DUMPALL", "DUMPDONE")) {
            String name = words.size() > 1 ? words.get(1) : "";
            switch (words.get(0)) {
                case "SETINFO" -> facts.put(name, words.get(2));
                case "ADDCMD" -> facts.put("command " + name, "yes");
                case "SETAUX" -> lengths.put(name, Integer.valueOf(words.get(2)));
                case "ADDENUM" ->
                    choices.computeIfAbsent(name, key -> new ArrayList<>()).add(words.get(2));
                case "ADDRANGE" ->
                    ranges.computeIfAbsent(name, key -> new ArrayList<>()).add(words.get(2) + " to " + words.get(3));
                case "SETFLAGS" -> {
                    if (words.contains("RW")) settings.add(name);
                    if (words.contains("STRING")) lengths.putIfAbsent(name, 0);
                }
                default -> {}
            }
        }
        for (String name : settings) {
            Integer length = lengths.get(name);
            facts.put(
                    "setting " + name,
                    DriverFacts.type(
                            length == null ? OptionalInt.empty() : OptionalInt.of(length),
                            choices.getOrDefault(name, List.of()),
                            ranges.getOrDefault(name, List.of())));
        }
        return new DriverFacts(facts);
    }

    /** Runs an instant command, and returns when the driver is done with it. */
    public void run(String command, String argument) throws IOException {
        talk("INSTCMD " + command + (argument.isEmpty() ? "" : " \"" + argument + "\"") + "\nPING", "PONG");
    }

    /** Writes a variable, and returns when the driver is done with it. */
    public void set(String variable, String value) throws IOException {
        talk("SET " + variable + " \"" + value + "\"\nPING", "PONG");
    }

    /** What it has printed so far. */
    public String log() throws IOException {
        return Files.readString(folder.resolve("log"), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly()
                .onExit()
                .completeOnTimeout(process, 5, TimeUnit.SECONDS)
                .join();
        if (channel != null) channel.close();
    }

    private static Process launch(
            Path folder,
            Map<String, String> further,
            String program,
            String port,
            List<String> options,
            String... arguments)
            throws IOException {
        Files.writeString(
                folder.resolve("ups.conf"),
                "maxretry = 1\npollinterval = 1\n[u]\ndriver = %s\nport = %s\n%s\n"
                        .formatted(program, port, String.join("\n", options)));
        var command = new ArrayList<>(List.of(PROGRAMS.resolve(program).toString(), "-a", "u", "-u"));
        command.add(System.getProperty("user.name"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        Map<String, String> environment = builder.environment();
        for (String name : List.of("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH", "NUT_PIDPATH"))
            environment.put(name, folder.toString());
        environment.putAll(further);
        return builder.start();
    }

    private void await() throws IOException {
        long deadline = System.nanoTime() + READY.toNanos();
        while (!Files.exists(socket) || !serves()) {
            if (!process.isAlive()) throw new IOException("the driver ended:\n" + log());
            if (System.nanoTime() > deadline) throw new IOException("the driver is not ready in time:\n" + log());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean serves() {
        try {
            List<List<String>> dump = talk("DUMPALL", "DUMPDONE");
            // A power distribution unit may have no status; its driver says that its data are good.
            return dump.stream().anyMatch(line -> line.size() > 1 && line.get(1).equals("ups.status"))
                    || (dump.contains(List.of("DATAOK")) && dump.contains(List.of("SETINFO", "device.type", "pdu")));
        } catch (IOException notYet) {
            channel = null;
            return false;
        }
    }

    private List<List<String>> talk(String request, String last) throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            open = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            channel = open;
        }
        open.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.ISO_8859_1)));
        var answer = new ArrayList<List<String>>();
        for (String line = line(open); !line.equals(last); line = line(open)) answer.add(words(line));
        return answer;
    }

    private static String line(SocketChannel open) throws IOException {
        var text = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (open.read(one.clear()) > 0) {
            char next = (char) (one.get(0) & 0xff);
            if (next == '\n') return text.toString();
            text.append(next);
        }
        throw new IOException("the driver hung up");
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find())
            words.add(
                    matcher.group(1) == null
                            ? matcher.group()
                            : matcher.group(1).replaceAll("\\\\(.)", "$1"));
        return words;
    }
}
