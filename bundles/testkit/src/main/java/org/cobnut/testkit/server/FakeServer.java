package org.cobnut.testkit.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server of lines on a loopback port that plays a script in the notation of the NUT documents: a line that begins with
 * {@code >} is what the client must say next, one with {@code <} is sent with a line end, one with {@code =} is sent
 * without, but with one for each {@code \n} that it spells. After the script it keeps the connection and says nothing,
 * or hangs up if the last line is {@code x}.
 */
public final class FakeServer implements AutoCloseable {
    private final ServerSocket listening;
    private final List<String> script;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Thread thread;

    public FakeServer(String script) throws IOException {
        this.script = script.lines().toList();
        this.listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        this.thread = new Thread(this::serve, "fake-server");
        thread.setDaemon(true);
    }

    /** Begins to take connections, one after the other, each with the script from its start. */
    public FakeServer start() {
        thread.start();
        return this;
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** The address of a UPS as upsc takes it. */
    public String ups(String name) {
        return name + "@127.0.0.1:" + port();
    }

    /** What clients said so far, line by line; a line that the script did not expect ends with {@code (unexpected)}. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                play(client);
            } catch (IOException gone) {
                // The client left, or the test is over; the next accept tells.
            }
        }
    }

    private void play(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        for (String line : script) {
            String text = line.substring(Math.min(2, line.length()));
            switch (line.charAt(0)) {
                case '>' -> {
                    if (!hear(in, text)) return;
                }
                case '<' -> send(client, text + '\n');
                case '=' -> send(client, text.replace("\\n", "\n"));
                default -> {
                    return;
                }
            }
        }
        while (hear(in, "")) {
            // Everything beyond the script is noted, and left without an answer.
        }
    }

    private boolean hear(BufferedReader in, String expected) throws IOException {
        String said = in.readLine();
        if (said == null) return false;
        heard.add(said.equals(expected) || expected.isEmpty() ? said : said + " (unexpected)");
        return true;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
