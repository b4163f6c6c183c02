package org.cobnut.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.List;
import org.cobnut.wire.Lexer;

/** Sends and receives lines of words over a socket, plain or with TLS, bounded in length and in time. */
final class LineSocket {
    /** Most bytes of one line: a word of 512 characters may arrive escaped, and a line has 32 of them. */
    private static final int MAX_LINE = 64 * 1024;

    private final TimedSocket socket;
    private InputStream in;
    private OutputStream out;
    private final Lexer lexer = new Lexer();
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;

    LineSocket(TimedSocket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** Uses a TLS layer on the same socket from now on. */
    void over(Socket layer) throws IOException {
        in = layer.getInputStream();
        out = layer.getOutputStream();
    }

    /** Sends one line in one write, without the characters that the grammar would drop at the other end. */
    void send(String line) throws IOException {
        var bytes = new byte[line.length() + 1];
        int length = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c >= 0x20 && c <= 0x7f) bytes[length++] = (byte) c;
        }
        bytes[length++] = '\n';
        out.write(bytes, 0, length);
        out.flush();
    }

    /** The words of the next line, which must be complete before the deadline (of {@link System#nanoTime}). */
    List<String> read(long deadline) throws IOException {
        for (int length = 0; length < MAX_LINE; length++) {
            if (at == end) fill(deadline);
            Lexer.Event event = lexer.accept(buffer[at++]);
            if (event == Lexer.Event.LINE) return lexer.words();
            if (event == Lexer.Event.ERROR) break;
        }
        throw new ProtocolException("Protocol error: a line that cannot be read");
    }

    private void fill(long deadline) throws IOException {
        socket.deadline(deadline);
        end = Math.max(0, in.read(buffer));
        at = 0;
        if (end == 0) throw new EOFException("Server disconnected");
    }

    /** Whether bytes have arrived that belong to no request. */
    boolean pending() {
        return at < end || lexer.midLine();
    }

    void close() throws IOException {
        socket.close();
    }
}
