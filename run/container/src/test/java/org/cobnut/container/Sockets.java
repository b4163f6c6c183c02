package org.cobnut.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The TCP sockets on which a process listens, from /proc (proc_pid_net(5)). */
final class Sockets {
    /** 127.0.0.1 as the kernel writes it: bare, and in the clothes of IPv6. */
    private static final Set<String> LOOPBACK = Set.of("0100007F", "0000000000000000FFFF00000100007F");

    private static final String LISTENING = "0A";

    /** One of them; the address is the kernel's hexadecimal. */
    record Listener(String address, int port) {
        boolean loopback() {
            return LOOPBACK.contains(address);
        }
    }

    private Sockets() {}

    static List<Listener> of(long pid) throws IOException {
        var inodes = inodes(pid);
        var all = new ArrayList<Listener>();
        for (var table : List.of("tcp", "tcp6")) {
            for (var line : Files.readAllLines(Path.of("/proc/self/net", table))) {
                var words = line.strip().split("\\s+");
                if (words.length > 9 && words[3].equals(LISTENING) && inodes.contains(words[9])) {
                    var local = words[1].split(":");
                    all.add(new Listener(local[0], Integer.parseInt(local[1], 16)));
                }
            }
        }
        return all;
    }

    private static Set<String> inodes(long pid) throws IOException {
        try (var files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return files.map(Sockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
