package org.cobnut.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's upsd 2.8.0 with a dummy-ups for each device of the house. */
final class DebianServer implements Server {
    private static final String PROGRAMS = "/lib/nut/";

    private final Upstream upstream = new Upstream();
    private final House house;
    private final List<Process> drivers = new ArrayList<>();
    private final Process upsd;

    DebianServer() throws IOException {
        house = new House(Map.of("UPSTREAM", String.valueOf(upstream.port())));
        for (String device : House.DEVICES)
            drivers.add(house.start(PROGRAMS + "dummy-ups", "-a", device, "-u", House.user(), "-D"));
        for (String device : House.DEVICES)
            House.waitFor(() -> Files.exists(house.dir.resolve("dummy-ups-" + device)), house::said);
        upsd = house.start(PROGRAMS + "upsd", "-F", "-u", House.user());
        for (String device : House.DEVICES)
            house.await("GET VAR " + device + " ups.status", is -> is.startsWith("VAR") && !is.contains("WAIT"));
        grow(drivers.get(House.DEVICES.indexOf("stale")));
        house.await("GET VAR stale ups.status", is -> is.equals("ERR DATA-STALE\n"));
    }

    /** Its dummy-ups goes on with old data when the server that it repeats is gone, so we hold the driver itself. */
    private void grow(Process driver) throws IOException {
        upstream.close();
        house.run("kill", "-STOP", String.valueOf(driver.pid()));
    }

    static boolean installed() {
        return Files.isExecutable(Path.of(PROGRAMS, "upsd")) && Files.isExecutable(Path.of(PROGRAMS, "dummy-ups"));
    }

    House house() {
        return house;
    }

    @Override
    public String name() {
        return "Debian's";
    }

    @Override
    public int port() {
        return house.port;
    }

    @Override
    public boolean debian() {
        return true;
    }

    @Override
    public ProcessHandle process() {
        return upsd.toHandle();
    }

    @Override
    public Path log() {
        return house.log();
    }

    @Override
    public void close() throws IOException {
        upsd.destroy();
        drivers.forEach(Process::destroyForcibly);
        House.end(upsd);
        drivers.forEach(House::end);
        upstream.close();
        house.close();
    }
}
