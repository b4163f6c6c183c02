package org.cobnut.container;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The distribution as the build left it, and how to start its programs over NUT files of one's own. */
final class Distribution {
    private final Path conf;
    private final Path state;
    private final Map<String, String> environment;

    /** NUT files and state in that directory, which must exist; the environment as given on top of this process's. */
    Distribution(Path directory, Map<String, String> environment) throws IOException {
        conf = Files.createDirectories(directory.resolve("etc"));
        state = directory.resolve("state");
        this.environment = environment;
    }

    static Path home() {
        return Path.of(System.getProperty("cobnut.distribution"));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Distribution file(String name, String text) throws IOException {
        var file = Files.writeString(conf.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return this;
    }

    Path conf() {
        return conf;
    }

    Path state() {
        return state;
    }

    Path pidFile() {
        return state.resolve("upsd.pid");
    }

    /** Starts a program of bin. */
    Started start(String program, String... arguments) throws IOException {
        var words =
                new ArrayList<>(List.of(home().resolve("bin").resolve(program).toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().remove("COBNUT_WELCOME");
        builder.environment().put("NUT_CONFPATH", conf.toString());
        builder.environment().put("NUT_STATEPATH", state.toString());
        builder.environment().putAll(environment);
        return new Started(builder.start());
    }
}
