package org.cobnut.driversocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices that the driver of this program stands on top of, each on the socket of its own driver. The loop's thread. */
final class UpstreamSockets {
    private static final Logger log = LoggerFactory.getLogger(UpstreamSockets.class);

    private final RemoteRegistration.House house;
    private final String own;
    private final Map<String, RemoteRegistration> shown = new HashMap<>();

    /** @param own the file name of our own socket, on top of which nobody here stands */
    UpstreamSockets(RemoteRegistration.House house, String own) {
        this.house = house;
        this.own = own;
    }

    /** Shows these, under the names by which they are asked for, and no others any more. */
    void want(Set<String> ports) {
        shown.entrySet().removeIf(each -> {
            boolean gone = !ports.contains(each.getKey());
            if (gone) each.getValue().end();
            return gone;
        });
        for (String port : ports)
            if (!port.isEmpty() && port.indexOf('/') < 0 && !port.equals(own))
                shown.computeIfAbsent(port, this::show).device().tick();
    }

    void tick() {
        shown.values().forEach(each -> each.device().tick());
    }

    private RemoteRegistration show(String port) {
        var lines = new SocketSection.Lines(port, "", "", false, "");
        return new RemoteRegistration(lines, ProcessRole.Wish.YES, () -> socket(port), house);
    }

    /** The port is the socket's file name (clone(8)); with us the UPS's name alone does as well, where one has it. */
    private Path socket(String port) {
        Path exact = house.state().resolve(port);
        if (Files.exists(exact)) return exact;
        try (Stream<Path> files = Files.list(house.state())) {
            return files.filter(file -> named(file.getFileName().toString(), port) && isSocket(file))
                    .findFirst()
                    .orElse(exact);
        } catch (IOException e) {
            log.debug("cannot list {}", house.state(), e);
            return exact;
        }
    }

    private boolean named(String file, String port) {
        return file.endsWith('-' + port) && !file.equals(own);
    }

    /** A socket is what no other kind of file is. */
    private static boolean isSocket(Path file) {
        return !Files.isRegularFile(file) && !Files.isDirectory(file);
    }
}
