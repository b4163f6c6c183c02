package org.cobnut.testkit.serial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.cobnut.testkit.Python;

/** A pseudo-terminal with a simulated device at its far end. Needs python3, for Java can open none by itself. */
public final class PtyLine implements AutoCloseable {
    private static final String SCRIPT = "pty_line.py";
    private static final HexFormat HEX = HexFormat.of();
    private static final int PATIENCE_SECONDS = 20;

    private final SerialSimulator device;
    private final Path port;
    private final Process process;
    private final Writer out;
    private final LinkedBlockingQueue<String> replies = new LinkedBlockingQueue<>();

    /**
     * Starts it.
     *
     * @param folder where the link to the terminal is made
     */
    public PtyLine(SerialSimulator device, Path folder) throws IOException {
        this.device = device;
        this.port = folder.resolve("tty");
        Path script = folder.resolve(SCRIPT);
        try (InputStream text = PtyLine.class.getResourceAsStream(SCRIPT)) {
            if (text == null) throw new IOException(SCRIPT + " is missing");
            Files.copy(text, script, StandardCopyOption.REPLACE_EXISTING);
        }
        process = new ProcessBuilder(Python.command(script.toString(), port.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.outputWriter(StandardCharsets.US_ASCII);
        device.connect(text -> order("tx " + hex(text)));
        var reader = new Thread(this::listen, "pty-line");
        reader.setDaemon(true);
        reader.start();
        await("ready");
    }

    /** What a driver opens. */
    public String port() {
        return port.toString();
    }

    /** Takes the line away, as when an adapter is pulled out. */
    public void hang() throws IOException {
        order("hang");
        await("done");
        Files.deleteIfExists(port);
    }

    /** Brings it back. */
    public void plug() throws IOException {
        order("plug");
        await("done");
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(port);
    }

    private void listen() {
        try (BufferedReader in = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                String[] words = text.split(" ");
                if (words[0].equals("rx")) answer(Integer.parseInt(words[1]), words[2]);
                else if (words[0].equals("quiet")) transmit(device.quiet());
                else replies.add(text);
            }
        } catch (IOException | UncheckedIOException closed) {
            replies.add("closed");
        }
    }

    private void answer(int speed, String hex) {
        String text = new String(HEX.parseHex(hex), StandardCharsets.ISO_8859_1);
        transmit(device.receive(text, speed));
    }

    private void transmit(List<String> pieces) {
        if (!pieces.isEmpty()) order("tx " + pieces.stream().map(PtyLine::hex).collect(Collectors.joining(" ")));
    }

    private synchronized void order(String order) {
        try {
            out.write(order + "\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(String reply) throws IOException {
        try {
            String got = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!reply.equals(got)) throw new IOException("the pseudo-terminal said " + got + " and not " + reply);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String hex(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
