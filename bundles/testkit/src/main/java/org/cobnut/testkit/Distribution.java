package org.cobnut.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The distribution as the build left it, and how to start its programs over NUT files of one's own. */
public final class Distribution {
    /** What a planted one does not change. */
    private static final List<String> LINKED = List.of("lib", "system", "console", "etc");

    private final Path home;
    private final Path conf;
    private final Path state;
    private final Map<String, String> environment;

    /** NUT files and state in that directory, which must exist; the environment as given on top of this process's. */
    public Distribution(Path directory, Map<String, String> environment) throws IOException {
        this(home(), directory, environment);
    }

    private Distribution(Path home, Path directory, Map<String, String> environment) throws IOException {
        this.home = home;
        conf = Files.createDirectories(directory.resolve("etc"));
        state = directory.resolve("state");
        this.environment = environment;
    }

    /** The same with a drivers directory of its own, which holds what the shipped one holds. */
    public static Distribution planted(Path directory, Map<String, String> environment) throws IOException {
        var home = Files.createDirectories(directory.resolve("home"));
        for (String part : LINKED) Files.createSymbolicLink(home.resolve(part), home().resolve(part));
        copy(home().resolve("bin"), Files.createDirectory(home.resolve("bin")));
        copy(home().resolve("drivers"), Files.createDirectory(home.resolve("drivers")));
        return new Distribution(home, directory, environment);
    }

    /** Takes the links of a planted one away again, which whoever deletes its directory would wonder at. */
    public void uproot() throws IOException {
        for (String part : LINKED) Files.deleteIfExists(home.resolve(part));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (Path file : files.toList())
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    public static Path home() {
        return Path.of(System.getProperty("cobnut.distribution"));
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public Distribution file(String name, String text) throws IOException {
        var file = Files.writeString(conf.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return this;
    }

    public Path conf() {
        return conf;
    }

    public Path state() {
        return state;
    }

    /** The hot-deploy directory. */
    public Path drivers() {
        return home.resolve("drivers");
    }

    public Path pidFile() {
        return state.resolve("upsd.pid");
    }

    /** Starts a program of bin. */
    public Started start(String program, String... arguments) throws IOException {
        var words = new ArrayList<>(List.of(home.resolve("bin").resolve(program).toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().remove("COBNUT_WELCOME");
        builder.environment().put("NUT_CONFPATH", conf.toString());
        builder.environment().put("NUT_STATEPATH", state.toString());
        builder.environment().putAll(environment);
        return new Started(builder.start());
    }
}
