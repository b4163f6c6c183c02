package org.cobnut.cli.control;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.cobnut.program.ProgramFailure;
import org.cobnut.wire.ErrorText;

/** Holds a connection to the command socket of a running Cobnut. One thread. */
final class CommandClient implements AutoCloseable {
    private static final String DONE = "\u0004ok";
    private static final String FAILED = "\u0004failed";
    private static final String ERROR = "\u0004error ";
    private static final String JSON = "\u0004json ";

    private final SocketChannel channel;
    private final BufferedReader in;
    private final OutputStream out;

    /** @throws ProgramFailure when none runs there, or it may not be asked; it says why */
    CommandClient(Path socket) throws ProgramFailure {
        channel = connect(socket);
        in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        out = Channels.newOutputStream(channel);
    }

    private static SocketChannel connect(Path socket) throws ProgramFailure {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            String way = "; start it with: cobnut run, or set NUT_STATEPATH to its state path";
            if (!Files.exists(socket))
                throw new ProgramFailure("nutctl: no Cobnut runs here: there is no " + socket + way);
            throw new ProgramFailure("nutctl: no Cobnut answers at " + socket + ": " + ErrorText.of(e)
                    + (Files.isWritable(socket) ? way : "; only the user it runs as may ask it"));
        }
    }

    /** Tells whether a process listens there; a missing permission is reported later. */
    static boolean answers(Path socket) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException e) {
            return Files.exists(socket) && !Files.isWritable(socket);
        }
    }

    /** Gives one command, and hands on the lines of its answer and of its errors; returns whether it worked. */
    boolean give(String command, boolean json, Consumer<String> answer, Consumer<String> errors) throws IOException {
        IOException broken = null;
        try {
            out.write(((json ? JSON : "") + command + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            broken = e; // why it hung up may still be there to read
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(DONE)) return true;
            if (line.equals(FAILED)) return false;
            if (line.startsWith(ERROR)) errors.accept(line.substring(ERROR.length()));
            else answer.accept(line);
        }
        throw broken == null ? new EOFException() : broken;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
