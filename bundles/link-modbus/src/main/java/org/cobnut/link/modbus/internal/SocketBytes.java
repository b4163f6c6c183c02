package org.cobnut.link.modbus.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.cobnut.link.ByteLink;

/** A connection of a scan, which runs where no bundle of links may be. */
final class SocketBytes implements ByteLink {
    private final Socket socket = new Socket();

    /** Connects; {@link #close} from another thread ends that. */
    void connect(InetSocketAddress address, Duration wait) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(address, (int) wait.toMillis());
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    @Override
    public int read(byte[] into, Duration wait) throws IOException {
        socket.setSoTimeout((int) Math.max(1, wait.toMillis()));
        try {
            int count = socket.getInputStream().read(into);
            if (count < 0) throw new IOException("the device has ended the connection");
            return count;
        } catch (SocketTimeoutException late) {
            return 0;
        }
    }

    @Override
    public void discard() throws IOException {
        var in = socket.getInputStream();
        in.skipNBytes(in.available());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // It was only asked; a close that fails leaves nothing to do.
        }
    }
}
