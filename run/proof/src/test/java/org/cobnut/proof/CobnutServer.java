package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Our distribution on the same files: one runtime that is upsd and all of the drivers. */
final class CobnutServer implements Server {
    private static final Path HOME = Path.of(System.getProperty("cobnut.distribution", "../../target/cobnut"));

    private final House house;
    private final Process process;

    CobnutServer(House house) throws IOException {
        this.house = house;
        process = house.start(program("cobnut"), "run");
    }

    /** On the house that Debian's server has, too. */
    @SuppressWarnings("MustBeClosed") // the caller closes what it gets
    static CobnutServer onTheHouse() throws IOException {
        CobnutServer server;
        try (var upstream = new Upstream()) {
            server = new CobnutServer(new House(Map.of("UPSTREAM", String.valueOf(upstream.port()))));
            for (String device : House.DEVICES)
                server.house.await(
                        "GET VAR " + device + " ups.status", is -> is.startsWith("VAR") && !is.contains("WAIT"));
        }
        server.house.await("GET VAR stale ups.status", is -> is.equals("ERR DATA-STALE\n"));
        return server;
    }

    static boolean built() {
        return Files.isExecutable(HOME.resolve("bin/cobnut"));
    }

    /** The number of jars of drivers that the distribution has. */
    static long jars() throws IOException {
        try (var files = Files.list(HOME.resolve("drivers"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).count();
        }
    }

    static String program(String name) {
        return HOME.resolve("bin").resolve(name).toAbsolutePath().normalize().toString();
    }

    House house() {
        return house;
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public int port() {
        return house.port;
    }

    @Override
    public boolean debian() {
        return false;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public Path log() {
        return house.log();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        House.end(process);
        house.close();
    }
}
