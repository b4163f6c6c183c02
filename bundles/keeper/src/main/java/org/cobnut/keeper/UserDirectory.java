package org.cobnut.keeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Creates the state path for a driver's process that runs as another user than root. Root's own state path is closed to
 * it, because root does not work in a directory that others may write to. A link of root's leads from the usual place
 * of the driver's socket to the real one.
 */
final class UserDirectory implements AutoCloseable {
    private final Path directory;
    private final Path link;

    private UserDirectory(Path directory, Path link) {
        this.directory = directory;
        this.link = link;
    }

    /** Makes it for that user, and a link to the socket that will be in it. */
    static UserDirectory create(String user, Path socket) throws IOException {
        var owner = socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        Path directory = Files.createTempDirectory(
                "cobnut", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setOwner(directory, owner);
        Files.deleteIfExists(socket);
        Files.createSymbolicLink(socket, directory.resolve(socket.getFileName()));
        return new UserDirectory(directory, socket);
    }

    Path path() {
        return directory;
    }

    /** Removes both; what a process that was killed has left in it stays with what is temporary. */
    @Override
    public void close() throws IOException {
        if (Files.isSymbolicLink(link)) Files.delete(link);
        Files.deleteIfExists(directory.resolve(link.getFileName()));
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return;
        try (var left = Files.newDirectoryStream(directory)) {
            if (left.iterator().hasNext()) return;
        }
        Files.delete(directory);
    }
}
