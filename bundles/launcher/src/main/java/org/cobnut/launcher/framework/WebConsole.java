package org.cobnut.launcher.framework;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.launcher.process.StartException;
import org.cobnut.wire.ErrorText;

/**
 * Represents the web console that {@code --console} or {@code --console=PORT} asks for. It listens on the loopback
 * interface only, and authenticates through the security provider of cobnut.webconsole.
 */
public record WebConsole(int port) {
    private static final String HOST = "127.0.0.1";
    private static final String WORD = "--console";
    private static final int USUAL_PORT = 8080;
    private static final int LAST_PORT = 65535;

    /** What these arguments of {@code run} ask for; empty when no console is wanted. */
    public static Optional<WebConsole> asked(List<String> arguments) throws StartException {
        if (arguments.size() > 1) {
            throw new StartException(
                    "run takes one of these at most: " + String.join(" ", arguments) + "; see: cobnut help");
        }
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        var argument = arguments.get(0);
        if (argument.equals(WORD)) {
            return Optional.of(new WebConsole(USUAL_PORT));
        }
        if (!argument.startsWith(WORD + "=")) {
            throw new StartException("run does not know " + argument + "; see: cobnut help");
        }
        return Optional.of(new WebConsole(port(argument.substring(WORD.length() + 1))));
    }

    /** The framework properties by which Jetty and the web console come up as they must. */
    Map<String, String> properties() {
        return Map.of(
                "org.apache.felix.http.host",
                HOST,
                "org.osgi.service.http.port",
                Integer.toString(port),
                "felix.webconsole.realm",
                "Cobnut",
                // Without it the console would stand open to its own admin/admin until ours is there.
                "felix.webconsole.security.providers",
                "cobnut");
    }

    /** Refuses what it could not come up with. */
    public void check(Path bundles) throws StartException {
        if (!Files.isDirectory(bundles)) {
            throw new StartException("this distribution has no directory " + bundles);
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new StartException("cannot listen on %s port %d: %s; choose another with %s=PORT"
                    .formatted(HOST, port, ErrorText.of(e), WORD));
        }
    }

    public String url() {
        return "http://%s:%d/system/console".formatted(HOST, port);
    }

    private static int port(String text) throws StartException {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw new StartException("%s wants a port from 1 to %d, not '%s'".formatted(WORD, LAST_PORT, text));
        }
        return port;
    }
}
