package org.cobnut.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

/** Passes commands on to the process that has the device, where a section has one of its own ({@code isolation = process}). */
@Component(service = DriverProcesses.class)
public final class DriverProcesses {
    private final Path state;
    private final Map<String, Entry> processes = new ConcurrentHashMap<>();

    private record Entry(String ups, ProcessHandle process) {}

    @Activate
    public DriverProcesses(BundleContext context) {
        this(Path.of(String.valueOf(context.getProperty("cobnut.statepath"))));
    }

    DriverProcesses(Path state) {
        this.state = state.toAbsolutePath();
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
     * Passes a line on if it is a command that only the process with the device can answer.
     *
     * @param reply takes the lines of the reply, the one that ends it included
     * @return false for any other line, which nothing was done about
     * @throws IllegalStateException with the reason when the process did not answer
     */
    boolean forward(String line, Consumer<String> reply) {
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
        String said = line.startsWith(ClientSession.JSON) ? line.substring(ClientSession.JSON.length()) : line;
        List<String> words = CommandAudit.words(said.strip());
        String command = words.isEmpty() ? "" : words.get(0).replaceFirst("^nut:", "");
        return switch (command) {
            case "hid" -> words.size() == 2 ? Optional.of(words.get(1)) : Optional.empty();
            case "record" -> words.size() == 3 ? Optional.of(words.get(1)) : Optional.empty();
            case "mapping" ->
                words.size() == 3 && words.get(1).equals("explain") ? Optional.of(words.get(2)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String key(String ups) {
        return ups.toLowerCase(Locale.ROOT);
    }
}
