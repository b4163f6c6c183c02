package org.cobnut.testkit.usb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A USB bus without any hardware: programs that are started with its {@link #environment} see the devices that a test plugs in, and
 * no others, whatever library they use. It stands on umockdev (Debian's umockdev, gir1.2-umockdev-1.0 and python3-gi), and the
 * devices are objects of the test: a {@link FakeHidDevice}, a {@link FakeMegatecBridge}, or a {@link FakeUsbDevice} of its own.
 *
 * <pre>{@code
 * try (var bus = UsbBus.start()) {
 *     var ups = new FakeHidDevice(0x0463, 0xffff, descriptor);
 *     ups.strings("EATON", "Ellipse", "1234").packet(8);
 *     ups.report(ReportType.FEATURE, 0x06, 0x06, 100, 0x10, 0x0e, 0, 0);
 *     bus.plug("1-1", ups);
 *     var builder = new ProcessBuilder("/lib/nut/usbhid-ups", "-a", "u", "-d", "1");
 *     builder.environment().putAll(bus.environment());
 *     ...
 *     ups.input(0x01, 0x0c);   // an interrupt report
 *     bus.unplug("1-1");
 * }
 * }</pre>
 *
 * <p>A test that opens links itself runs in a JVM which surefire started with {@code LD_PRELOAD=libumockdev-preload.so.0} and
 * {@code UMOCKDEV_DIR}, a path that does not exist yet (the pom of {@code cobnut.link.usb} shows it); it begins with
 * {@link #ofThisProcess}, where each test may plug what it needs and unplug it.
 *
 * <p>Any thread may plug and unplug. Devices are called on one thread of the bus, which must not wait; a device may end a
 * transfer later.
 */
public final class UsbBus implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String PRELOAD = "libumockdev-preload.so.0";
    private static final Duration READY = Duration.ofSeconds(20);

    private static @Nullable UsbBus ours;

    private final Path script;
    private final Process process;
    private final Writer out;
    private final Map<String, FakeUsbDevice> devices = new ConcurrentHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final String folder;

    private UsbBus() throws IOException {
        script = Files.createTempFile("usb-bus", ".py");
        try (InputStream resource = UsbBus.class.getResourceAsStream("bus.py")) {
            if (resource == null) throw new IOException("bus.py is missing");
            Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
        }
        var builder = new ProcessBuilder(PYTHON, script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("UMOCKDEV_DIR");
        builder.environment().put("LD_PRELOAD", PRELOAD);
        process = builder.start();
        out = process.outputWriter(StandardCharsets.US_ASCII);
        var thread = new Thread(null, this::read, "usb-bus", 0, false);
        thread.setDaemon(true);
        thread.start();
        folder = await("ready").split(" ")[1];
    }

    /** Starts a bus on which there is nothing. */
    public static UsbBus start() throws IOException {
        return new UsbBus();
    }

    /** The bus of this JVM, which was started with an environment as above. It stays until the JVM ends. */
    public static synchronized UsbBus ofThisProcess() throws IOException {
        if (ours != null) return ours;
        String given = System.getenv("UMOCKDEV_DIR");
        if (given == null || !String.valueOf(System.getenv("LD_PRELOAD")).contains("umockdev"))
            throw new IllegalStateException(
                    "this JVM was not started with LD_PRELOAD=" + PRELOAD + " and UMOCKDEV_DIR");
        var bus = new UsbBus();
        Files.deleteIfExists(Path.of(given));
        Files.createSymbolicLink(Path.of(given), Path.of(bus.folder));
        Runtime.getRuntime().addShutdownHook(new Thread(bus::close));
        ours = bus;
        return bus;
    }

    /** What a program needs in its environment to see this bus. */
    public Map<String, String> environment() {
        return Map.of("UMOCKDEV_DIR", folder, "LD_PRELOAD", PRELOAD);
    }

    /**
     * Plugs a device in; returns when programs can see it.
     *
     * @param path its place, such as "1-4"; there is bus 1 only
     * @return its address on the bus
     */
    public int plug(String path, FakeUsbDevice device) throws IOException {
        var order = new StringBuilder("plug ")
                .append(path)
                .append(" 12 ")
                .append(device.kernelDriver())
                .append(' ')
                .append(HexFormat.of().formatHex(device.descriptors()));
        device.texts().forEach((name, text) -> order.append(' ')
                .append(name)
                .append('=')
                .append(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))));
        device.pluggedInto(this);
        if (devices.putIfAbsent(path, device) != null) throw new IllegalStateException(path + " is taken");
        send(order.toString());
        return Integer.parseInt(await("plugged").split(" ")[2]);
    }

    /** Pulls the device out; whoever waits for it is told at once. */
    public void unplug(String path) throws IOException {
        FakeUsbDevice device = devices.remove(path);
        if (device == null) throw new IllegalStateException("there is nothing at " + path);
        send("unplug " + path);
        await("unplugged");
        device.pluggedInto(null);
        owners.keySet().removeIf(key -> key.startsWith(path + " "));
    }

    /** Pulls all devices out. */
    public void unplugAll() throws IOException {
        for (String path : List.copyOf(devices.keySet())) unplug(path);
    }

    /** How many interfaces are claimed by programs. */
    public int claims() {
        return owners.size();
    }

    /**
     * What happened to interfaces, in order: "detach 1-1 0", "claim 1-1 0", "alternate 1-1 0 1", "release 1-1 0",
     * "attach 1-1 0".
     */
    public List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
            Files.deleteIfExists(script);
        } catch (IOException left) {
            throw new java.io.UncheckedIOException(left);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void send(String order) {
        try {
            out.write(order + "\n");
            out.flush();
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException("the bus has ended", gone);
        }
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) take(line);
        } catch (IOException ended) {
            told.add("ended " + ended.getMessage());
        }
        told.add("ended");
    }

    private void take(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "urb" -> {
                FakeUsbDevice device = devices.get(words[2]);
                if (device != null) device.handle(transfer(words));
            }
            case "gone" -> devices.values().forEach(device -> device.forget(words[1]));
            case "claim" -> {
                owners.put(words[1] + " " + words[2], "");
                events.add(line);
            }
            case "release" -> {
                owners.remove(words[1] + " " + words[2]);
                events.add(line);
            }
            case "detach", "attach", "alternate" -> events.add(line);
            default -> told.add(line);
        }
    }

    private UsbTransfer transfer(String[] words) {
        byte[] bytes = words[6].equals("-") ? new byte[0] : HexFormat.of().parseHex(words[6]);
        return new UsbTransfer(
                words[1],
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                bytes,
                this::send);
    }

    private String await(String word) throws IOException {
        try {
            String line = told.poll(READY.toSeconds(), TimeUnit.SECONDS);
            if (line != null && line.startsWith(word)) return line;
            throw new IOException("the bus said '" + line + "' and not '" + word
                    + "'; it needs: apt-get install umockdev gir1.2-umockdev-1.0 python3-gi");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted");
        }
    }
}
