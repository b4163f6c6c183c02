package org.cobnut.conf.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Finds accounts with less rights than this process that may write a file, and so decide what this process runs or whom
 * it obeys. The owner of a file has no less, unless this process is root's. Looks at files.
 */
public final class FileWriters {
    private static final int ROOT = 0;
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int PERMISSIONS = 07777;

    private final String account;

    /** @param account that of the process that reads the file; empty where that is another, which is not known */
    FileWriters(String account) {
        this.account = account;
    }

    /** As seen from the account of this process; that of a program which only checks files says nothing. */
    public static FileWriters ofThisProcess() {
        boolean serves = System.getProperty("cobnut.program") != null;
        return new FileWriters(serves ? System.getProperty("user.name", "") : "");
    }

    /**
     * Says in a sentence that others may write a file or its folder, and how to end that.
     *
     * @return empty when none may, when the file is not there, and where the system knows no modes
     */
    public Optional<String> fault(Path file) {
        var parts = new LinkedHashSet<Path>();
        try {
            Path real = file.toRealPath();
            parts.add(real);
            parts.add(real.resolveSibling(""));
            parts.add(file.toAbsolutePath().resolveSibling("").toRealPath());
            for (Path part : parts) {
                Optional<String> fault = faultOf(part);
                if (fault.isPresent()) return fault;
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return Optional.empty(); // whoever reads the file says why it cannot be read
        }
        return Optional.empty();
    }

    private Optional<String> faultOf(Path part) throws IOException {
        int mode = number(part, "mode");
        boolean sticky = Files.isDirectory(part) && (mode & STICKY) != 0;
        String shown = "%s (owner %s, mode %04o)".formatted(part, Files.getOwner(part), mode & PERMISSIONS);
        if (root() && number(part, "uid") != ROOT)
            return Optional.of("%s belongs to another account than root; type: chown root %s".formatted(shown, part));
        if ((mode & OTHERS_WRITE) != 0 && !sticky) return Optional.of(writable("others", shown, "o-w", part));
        if ((mode & GROUP_WRITES) != 0 && !sticky && foreignGroup(part))
            return Optional.of(writable("a group", shown, "g-w", part));
        return Optional.empty();
    }

    private static String writable(String whoever, String shown, String mode, Path part) {
        return "%s may write to %s; type: chmod %s %s".formatted(whoever, shown, mode, part);
    }

    /** A group of root's, of this account or of the owner alone has nobody in it that has less rights. */
    private boolean foreignGroup(Path part) throws IOException {
        if (account.isEmpty() || number(part, "gid") == ROOT) return false;
        String group = String.valueOf(Files.getAttribute(part, "posix:group", LinkOption.NOFOLLOW_LINKS));
        return root()
                || !(group.equals(account) || group.equals(Files.getOwner(part).getName()));
    }

    private boolean root() {
        return account.equals("root");
    }

    private static int number(Path part, String name) throws IOException {
        return Files.getAttribute(part, "unix:" + name) instanceof Integer number ? number : -1;
    }
}
