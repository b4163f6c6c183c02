package org.cobnut.launcher.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.launcher.process.StartException;
import org.cobnut.program.Getopt;

/**
 * Checks options -u, -g and -r. The script that starts Java applies -u and -r, and reports it in the system properties
 * {@code cobnut.user} and {@code cobnut.root}; an option that the script did not apply is refused and never ignored.
 */
public final class AccountOptions {
    private static final Path USERS = Path.of("/etc/passwd");
    private static final Path GROUPS = Path.of("/etc/group");

    private AccountOptions() {}

    /** Accepts what has been obeyed, the account that this process has anyway, and any when it is not root's, as NUT does. */
    public static void check(Getopt options) throws StartException {
        var root = options.last('r');
        if (root.isPresent() && System.getProperty("cobnut.root") == null)
            throw new StartException("only root can change the root directory to " + root.get());
        var user = options.last('u');
        if (user.isEmpty() || user.get().equals(System.getProperty("cobnut.user"))) return;
        var own = System.getProperty("user.name", "");
        if (user.get().equals(own)) return;
        if (!known(USERS, user.get())) throw new StartException("user %s not found".formatted(user.get()));
        if (own.equals("root"))
            throw new StartException(
                    "cannot switch from root to %s: start it by its script in bin".formatted(user.get()));
    }

    /** The root directory of the one that option -c is for, as seen from here. */
    public static Path root(Getopt options) {
        return Path.of(options.last('r').orElse("/"));
    }

    /** The group that option -g names, if it exists. */
    public static Optional<String> group(Getopt options) throws StartException {
        var group = options.last('g');
        if (group.isPresent() && !known(GROUPS, group.get()))
            throw new StartException("group %s not found".formatted(group.get()));
        return group;
    }

    private static boolean known(Path file, String name) throws StartException {
        try (var lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.startsWith(name + ":"));
        } catch (IOException e) {
            throw new StartException("cannot read " + file);
        }
    }
}
