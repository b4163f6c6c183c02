package org.cobnut.drivers.upower;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A bus of its own, with a UPower of the test on it. */
final class UpowerOnABus implements AutoCloseable {
    private static final Path PYTHON = Path.of("/usr/bin/python3"); // Debian's own, which has the module dbus

    private static final String CONFIG = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>system</type>
              <listen>unix:path=%s</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/><allow own="*"/>
                <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
              </policy>
            </busconfig>
            """;

    private final Path folder;
    private final Process bus;
    private final Process service;
    private final BufferedReader said;

    UpowerOnABus() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/dbus-daemon")), "dbus-daemon is not installed");
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/dbus")), "python3-dbus is not installed");
        folder = Files.createTempDirectory("bus");
        Path config = Files.writeString(folder.resolve("conf"), CONFIG.formatted(folder.resolve("socket")));
        bus = new ProcessBuilder("dbus-daemon", "--config-file=" + config, "--nofork", "--print-address")
                .redirectError(folder.resolve("log").toFile())
                .start();
        bus.inputReader().readLine();
        service = new ProcessBuilder(PYTHON.toString(), "src/test/resources/upower.py", address())
                .redirectError(folder.resolve("service.log").toFile())
                .start();
        said = service.inputReader(StandardCharsets.UTF_8);
        if (!"ready".equals(said.readLine()))
            throw new IOException("the service did not start: " + Files.readString(folder.resolve("service.log")));
    }

    String address() {
        return "unix:path=" + folder.resolve("socket");
    }

    void set(String property, double value) throws IOException {
        service.getOutputStream().write((property + " " + value + "\n").getBytes(StandardCharsets.US_ASCII));
        service.getOutputStream().flush();
        if (!"set".equals(said.readLine())) throw new IOException("the service has ended");
    }

    /** UPower ends; the bus stays. */
    void endService() throws IOException {
        end(service);
    }

    private static void end(Process process) throws IOException {
        process.destroyForcibly()
                .onExit()
                .completeOnTimeout(process, 5, TimeUnit.SECONDS)
                .join();
        process.getInputStream().close();
    }

    @Override
    public void close() {
        try {
            end(service);
            end(bus);
            for (String name : new String[] {"conf", "log", "service.log", "socket"})
                Files.deleteIfExists(folder.resolve(name));
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
