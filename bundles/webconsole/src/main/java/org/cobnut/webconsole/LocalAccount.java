package org.cobnut.webconsole;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the account whose process holds the other end of a local connection; all local connections have the same
 * address.
 */
final class LocalAccount {
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int ACCOUNT = 7;

    private LocalAccount() {}

    /** {@code uid 1000}, or {@code uid ?} when the system does not tell. */
    static String of(int theirPort, int ourPort) {
        try {
            for (String table : List.of("tcp", "tcp6")) {
                var file = Path.of("/proc/net", table);
                if (!Files.isReadable(file)) continue;
                for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                    String[] columns = line.strip().split("\\s+");
                    if (columns.length > ACCOUNT && ends(columns[LOCAL], theirPort) && ends(columns[REMOTE], ourPort))
                        return "uid " + columns[ACCOUNT];
                }
            }
        } catch (IOException e) {
            return "uid ?";
        }
        return "uid ?";
    }

    private static boolean ends(String address, int port) {
        return address.endsWith(":%04X".formatted(port));
    }
}
