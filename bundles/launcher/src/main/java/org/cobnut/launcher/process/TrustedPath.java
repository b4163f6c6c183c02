package org.cobnut.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.Optional;

/** Checks whether an account other than root can change where a path leads, or the file there. */
public final class TrustedPath {
    private static final int ROOT = 0;
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int PERMISSIONS = 07777;
    private static final int MOST_LINKS = 40;

    private TrustedPath() {}

    /** Returns whether this process may do what root may. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /**
     * Finds the first component of an absolute path that another account may change. Links on the way are followed here,
     * and their targets are checked alike.
     *
     * @return the component with its owner and mode, for people; empty when root alone may write everywhere
     */
    public static Optional<String> fault(Path path) throws IOException {
        var rest = new ArrayDeque<Path>();
        path.normalize().forEach(rest::add);
        Path here = path.getRoot();
        Optional<String> fault = faultOf(here);
        for (int links = 0; fault.isEmpty() && !rest.isEmpty(); ) {
            Path next = here.resolve(rest.poll()).normalize();
            if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) return Optional.empty(); // root makes what is missing
            if (Files.isSymbolicLink(next)) {
                if (++links > MOST_LINKS) throw new IOException(path + " leads through too many links");
                if (attribute(next, "uid") != ROOT) return Optional.of(shown(next));
                Path target = Files.readSymbolicLink(next);
                for (int i = target.getNameCount() - 1; i >= 0; i--) rest.push(target.getName(i));
                if (target.isAbsolute()) here = path.getRoot();
                continue;
            }
            here = next;
            fault = faultOf(here);
        }
        return fault;
    }

    /** In a sticky directory, such as /tmp, no account can replace root's files; other accounts' files there are not followed. */
    private static Optional<String> faultOf(Path component) throws IOException {
        int mode = attribute(component, "mode");
        boolean written =
                (mode & OTHERS_WRITE) != 0 || ((mode & GROUP_WRITES) != 0 && attribute(component, "gid") != ROOT);
        boolean safe = attribute(component, "uid") == ROOT && (!written || (mode & STICKY) != 0);
        return safe ? Optional.empty() : Optional.of(shown(component));
    }

    /** A number of the component itself, not of what a link leads to; -1, which no account has, where there is none. */
    private static int attribute(Path component, String name) throws IOException {
        return Files.getAttribute(component, "unix:" + name, LinkOption.NOFOLLOW_LINKS) instanceof Integer number
                ? number
                : -1;
    }

    /**
     * Finds a file or directory that accounts may change which are neither its owner nor of the owner's own group.
     *
     * @return it with its owner and mode, for people; empty when no such account may
     */
    public static Optional<String> writable(Path file) throws IOException {
        int mode = attribute(file, "mode");
        boolean group = (mode & GROUP_WRITES) != 0 && attribute(file, "gid") != ROOT;
        var attributes = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean own = attributes.group().getName().equals(attributes.owner().getName());
        return (mode & OTHERS_WRITE) != 0 || (group && !own) ? Optional.of(shown(file)) : Optional.empty();
    }

    private static String shown(Path component) throws IOException {
        return "%s (owner %s, mode %04o)"
                .formatted(
                        component,
                        Files.getOwner(component, LinkOption.NOFOLLOW_LINKS),
                        attribute(component, "mode") & PERMISSIONS);
    }
}
