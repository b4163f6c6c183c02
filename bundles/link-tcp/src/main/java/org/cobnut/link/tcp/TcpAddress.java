package org.cobnut.link.tcp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a port of ups.conf leads: {@code tcp:HOST:PORT}, and an address of IPv6 stands in brackets.
 *
 * @param text the port as ups.conf has it, for messages
 */
record TcpAddress(String text, String host, int port) {
    private static final Pattern FORM = Pattern.compile("tcp:(?:\\[([^\\[\\]]+)]|([^:\\[\\]]+)):(\\d{1,5})");
    private static final int MOST = 0xffff;

    /** @throws IOException when the port has another form */
    static TcpAddress of(String text) throws IOException {
        Matcher matcher = FORM.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : 0;
        if (port < 1 || port > MOST)
            throw new IOException(text + " is no port over TCP: give tcp:HOST:PORT with a number from 1 to 65535, "
                    + "such as tcp:192.0.2.7:4001, or tcp:[2001:db8::7]:4001");
        return new TcpAddress(text, matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
    }

    /**
     * All addresses of the host. The name is looked up on another thread, for the system's resolver takes no notice of an
     * interrupt; a look-up that nobody waits for any more ends with the resolver's own time-out.
     *
     * @param wait how long the look-up may take
     * @throws InterruptedIOException when the thread was interrupted
     */
    List<InetSocketAddress> resolve(Duration wait) throws IOException {
        var found = new CompletableFuture<InetAddress[]>();
        var resolver = new Thread(null, () -> lookUp(found), "cobnut-resolve " + host, 0, false);
        resolver.setDaemon(true);
        resolver.setContextClassLoader(null);
        resolver.start();
        try {
            return Stream.of(found.get(wait.toNanos(), TimeUnit.NANOSECONDS))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (InterruptedException e) {
            throw new InterruptedIOException(text + ": interrupted");
        } catch (TimeoutException e) {
            throw new IOException(
                    "%s: the name server did not answer within %d s; give the address of %s in place of its name"
                            .formatted(text, wait.toSeconds(), host),
                    e);
        } catch (ExecutionException e) {
            throw new IOException(text + ": " + host + " has no address; check how the name is spelled", e.getCause());
        }
    }

    private void lookUp(CompletableFuture<InetAddress[]> found) {
        try {
            found.complete(InetAddress.getAllByName(host));
        } catch (UnknownHostException | RuntimeException e) {
            found.completeExceptionally(e);
        }
    }
}
