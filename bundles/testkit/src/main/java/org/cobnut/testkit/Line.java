package org.cobnut.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that types: one line out, one line in. */
public final class Line implements AutoCloseable {
    private final Socket socket;
    private final OutputStream output;
    private final BufferedReader input;

    public Line(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        output = socket.getOutputStream();
        input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** The first line of the answer; null when the other end has closed. */
    public @Nullable String ask(String request) throws IOException {
        output.write((request + "\n").getBytes(StandardCharsets.US_ASCII));
        output.flush();
        return input.readLine();
    }

    /** The lines between BEGIN and END; of any other answer, that line. */
    public List<String> list(String request) throws IOException {
        String first = ask(request);
        if (first == null) throw new IOException("closed");
        if (!first.startsWith("BEGIN ")) return List.of(first);
        var lines = new ArrayList<String>();
        for (String line = input.readLine(); !("END" + first.substring(5)).equals(line); line = input.readLine()) {
            if (line == null) throw new IOException("closed");
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
