package org.cobnut.keeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Checks the user that ups.conf names for a driver; a process that is not root's keeps its user, as with NUT's drivers.
 */
final class DriverAccount {
    private static final String ROOT = "root";

    private DriverAccount() {}

    /** Tells whether a process of ours would have to become another. */
    static boolean another(String user) {
        return !user.isEmpty() && !user.equals(ROOT) && ROOT.equals(System.getProperty("user.name"));
    }

    /** What stands before a command that is to run as that user, with nothing left of what root may do. */
    static List<String> become(String user) throws IOException {
        if (!another(user)) return List.of();
        Process asked = new ProcessBuilder("id", "-g", "--", user)
                .redirectErrorStream(true)
                .start();
        String group = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!group.matches("\\d+")) throw new IOException("OS user " + user + " not found");
        return List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + group,
                "--init-groups",
                "--bounding-set=-all",
                "--inh-caps=-all",
                "--no-new-privs");
    }
}
