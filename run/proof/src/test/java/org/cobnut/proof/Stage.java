package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** One UPS, {@code box}, of Debian's dummy-ups and a server of Debian's or ours: what it says, a test writes. */
final class Stage implements AutoCloseable {
    private static final Path FILES = Path.of("src/test/resources/stage");
    private static final String PROGRAMS = "/lib/nut/";

    private final House house;
    private final Process driver;
    private final String[] server;
    private Process upsd;
    /** dummy-ups looks at whole seconds of it. */
    private Instant written = Instant.parse("2020-01-01T00:00:00Z");

    Stage() throws IOException {
        this(PROGRAMS + "upsd", "-F", "-u", House.user());
    }

    /** With that server, which serves when it is here. */
    Stage(String... server) throws IOException {
        this.server = server;
        house = new House(FILES, Map.of());
        driver = house.start(PROGRAMS + "dummy-ups", "-a", "box", "-u", House.user(), "-F");
        House.waitFor(() -> Files.exists(house.dir.resolve("dummy-ups-box")), house::said);
        upsd = house.start(server);
        await("OL");
    }

    int port() {
        return house.port;
    }

    /** The server ends as nobody wants it to. */
    void killServer() {
        upsd.destroyForcibly();
        House.end(upsd);
    }

    /** And comes again; clients find what they can. */
    void startServer() throws IOException {
        upsd = house.start(server);
    }

    /** The places that files of monitors have. */
    Map<String, String> places(String... more) {
        var all = new java.util.HashMap<>(Map.of("SERVER", String.valueOf(house.port)));
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    /** A status from now on. */
    void says(String status) throws IOException {
        plays("ups.status: " + status + "\n");
    }

    /** A file of dummy-ups, with TIMER lines perhaps, from now on. */
    void plays(String lines) throws IOException {
        Path next = Files.writeString(house.dir.resolve("next"), lines);
        written = written.plus(1, ChronoUnit.MINUTES);
        Files.setLastModifiedTime(next, FileTime.from(written));
        Files.move(
                next,
                house.dir.resolve("box.dev"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until upsd says it. */
    void await(String status) {
        house.await("GET VAR box ups.status", is -> is.equals("VAR box ups.status \"" + status + "\"\n"));
    }

    /** Waits until so many monitors are logged in. */
    void awaitLogins(int logins) {
        house.await("GET NUMLOGINS box", is -> is.equals("NUMLOGINS box " + logins + "\n"));
    }

    /** STOP or CONT. */
    void driver(String signal) throws IOException {
        house.run("kill", "-" + signal, String.valueOf(driver.pid()));
    }

    String said() {
        return house.said();
    }

    @Override
    public void close() throws IOException {
        upsd.destroy();
        driver.destroyForcibly();
        House.end(upsd);
        House.end(driver);
        house.close();
    }
}
