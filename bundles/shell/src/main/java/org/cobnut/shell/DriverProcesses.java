package org.cobnut.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.cobnut.device.DeviceService;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes commands on to the process that can answer them: the one that has the device, where a section has one of its own
 * ({@code isolation = process}), and the one of upsmon, where that runs alone.
 */
@Component(service = DriverProcesses.class)
public final class DriverProcesses {
    private static final Set<String> OF_UPSMON = Set.of("notify", "plan", "rehearse", "resume", "events");

    private final Path state;
    private final List<Path> upsmon;
    private final Map<String, Entry> processes = new ConcurrentHashMap<>();

    private static final Logger log = LoggerFactory.getLogger(DriverProcesses.class);

    private record Entry(String ups, ProcessHandle process) {}

    @Activate
    public DriverProcesses(BundleContext context) {
        this(
                Path.of(String.valueOf(context.getProperty("cobnut.statepath"))),
                "upsmon".equals(context.getProperty("cobnut.program"))
                        ? Optional.empty()
                        : Optional.of(Optional.ofNullable(System.getenv("UPSMON_STATEPATH"))
                                .orElse("")));
    }

    /** @param monitor the state path of upsmon, or the empty text for this one; nothing when this process is upsmon */
    DriverProcesses(Path state, Optional<String> monitor) {
        this.state = state.toAbsolutePath();
        upsmon = monitor.map(place -> place.isEmpty() ? List.of(this.state) : List.of(Path.of(place), this.state))
                .orElse(List.of());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(ProcessHandle process, Map<String, ?> properties) {
        String ups = String.valueOf(properties.get(DeviceService.NAME));
        processes.put(key(ups), new Entry(ups, process));
    }

    void remove(ProcessHandle process, Map<String, ?> properties) {
        String ups = String.valueOf(properties.get(DeviceService.NAME));
        processes.remove(key(ups), new Entry(ups, process));
    }

    /** The socket of commands in the process of a section. */
    static String socketName(String ups) {
        return "nutctl-" + ups + ".sock";
    }

    /**
     * Passes a line on if it is a command that only the process with the device can answer, or that of an upsmon that
     * runs alone.
     *
     * @param reply takes the lines of the reply, the one that ends it included
     * @return false for any other line, which nothing was done about
     * @throws IllegalStateException with the reason when the process did not answer
     */
    boolean forward(String line, Consumer<String> reply) {
        if (OF_UPSMON.contains(command(line))) return toUpsmon(line, reply);
        Optional<Entry> entry = device(line).map(ups -> processes.get(key(ups)));
        if (entry.isEmpty()) return false;
        String ups = entry.get().ups();
        try {
            forward(state.resolve(socketName(ups)), line, reply);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "%s is driven by process %d, which takes no commands now: %s; try again, and look at: nutctl list"
                            .formatted(ups, entry.get().process().pid(), ErrorText.of(e)),
                    e);
        }
        return true;
    }

    /** Tells whether an upsmon runs alone, and has answered. */
    private boolean toUpsmon(String line, Consumer<String> reply) {
        for (Path place : upsmon) {
            Path socket = place.resolve(CommandSocket.MONITOR);
            if (!Files.exists(socket)) continue;
            var said = new ArrayList<String>();
            try {
                forward(socket, line, said::add);
            } catch (IOException e) {
                log.debug("upsmon does not answer at {}: {}", socket, ErrorText.of(e));
                continue;
            }
            said.forEach(reply);
            return true;
        }
        return false;
    }

    private static void forward(Path socket, String line, Consumer<String> reply) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                var in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + '\n');
            while (bytes.hasRemaining()) channel.write(bytes);
            String answer = in.readLine();
            for (; answer != null; answer = in.readLine()) {
                reply.accept(answer);
                if (answer.equals(ClientSession.DONE) || answer.equals(ClientSession.FAILED)) return;
            }
            throw new IOException("it ended before its answer did");
        }
    }

    /** The device that a command asks the driver itself about. */
    static Optional<String> device(String line) {
        List<String> words = words(line);
        return switch (command(line)) {
            case "hid" -> words.size() == 2 ? Optional.of(words.get(1)) : Optional.empty();
            case "record" -> words.size() == 3 ? Optional.of(words.get(1)) : Optional.empty();
            case "mapping" ->
                words.size() == 3 && words.get(1).equals("explain") ? Optional.of(words.get(2)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static List<String> words(String line) {
        String said = line.startsWith(ClientSession.JSON) ? line.substring(ClientSession.JSON.length()) : line;
        return CommandAudit.words(said.strip());
    }

    private static String command(String line) {
        List<String> words = words(line);
        return words.isEmpty() ? "" : words.get(0).replaceFirst("^nut:", "");
    }

    private static String key(String ups) {
        return ups.toLowerCase(Locale.ROOT);
    }
}
