package org.cobnut.conf.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.cobnut.wire.ErrorText;

/** Replaces and creates whole files on the disk. */
public final class FileStore {
    private FileStore() {}

    /**
     * Replaces a file's contents, so that every reader sees the old or the new ones, also after a power loss. Mode, owner
     * and group stay; when they cannot, nothing changes.
     */
    public static void replace(Path path, byte[] bytes) throws IOException {
        Path real = path.toRealPath();
        Path directory = real.resolveSibling("").toAbsolutePath();
        Path temporary = temporary(directory, real);
        try {
            write(temporary, bytes);
            likeness(real, temporary);
            Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        flush(directory);
    }

    /** Puts a file with this mode and the group of a directory in its place at once, whatever was there. */
    public static void install(Path path, byte[] bytes, String mode, Path like) throws IOException {
        Path directory = path.resolveSibling("").toAbsolutePath();
        Path temporary = temporary(directory, path);
        try {
            write(temporary, bytes);
            dress(temporary, mode, like);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        flush(directory);
    }

    /** Makes a directory with this mode and the group of another. */
    public static void directory(Path path, String mode, Path like) throws IOException {
        Files.createDirectory(path);
        dress(path, mode, like);
    }

    /** Removes what {@link #replace} left behind in a killed process; no other process may be writing. */
    public static void sweep(Path path) throws IOException {
        String left = "." + path.getFileName() + ".*.tmp";
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(path.toRealPath().resolveSibling(""), left)) {
            for (Path file : files) Files.deleteIfExists(file);
        }
    }

    /** Tells whether every account may read or execute a file; false when that is unknown. */
    public static boolean open(Path path) {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) return false;
        try {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
        } catch (IOException e) {
            return false;
        }
    }

    /** Says why a file cannot be read or written, as a person would say it. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException absent)
            return absent.getReason() == null ? "no such file" : absent.getReason();
        if (failure instanceof FileAlreadyExistsException) return "is there already";
        return ErrorText.of(failure);
    }

    /** The same with the file's name. */
    public static String told(IOException failure) {
        return failure instanceof FileSystemException of && of.getFile() != null
                ? of.getFile() + ": " + reason(of)
                : reason(failure);
    }

    /** A new file beside another. A failure names the directory, since nobody knows the name of the new file. */
    private static Path temporary(Path directory, Path of) throws IOException {
        try {
            return Files.createTempFile(directory, "." + of.getFileName() + ".", ".tmp");
        } catch (NoSuchFileException absent) {
            throw new NoSuchFileException(directory.toString(), null, "no such directory");
        } catch (FileSystemException refused) {
            throw new FileSystemException(directory.toString(), null, ErrorText.of(refused));
        }
    }

    private static void write(Path path, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) channel.write(buffer);
            channel.force(true);
        }
    }

    private static void likeness(Path from, Path to) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (old == null || view == null) return;
        PosixFileAttributes wanted = old.readAttributes();
        PosixFileAttributes is = view.readAttributes();
        if (!wanted.group().equals(is.group())) view.setGroup(wanted.group());
        if (!wanted.owner().equals(is.owner())) view.setOwner(wanted.owner());
        view.setPermissions(wanted.permissions());
    }

    private static void dress(Path path, String mode, Path like) throws IOException {
        PosixFileAttributeView old = Files.getFileAttributeView(like, PosixFileAttributeView.class);
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (old == null || view == null) return;
        GroupPrincipal group = old.readAttributes().group();
        try {
            if (!group.equals(view.readAttributes().group())) view.setGroup(group);
        } catch (IOException e) {
            throw new IOException(
                    "only root or a member of the group " + group.getName() + " can make files of " + like, e);
        }
        view.setPermissions(PosixFilePermissions.fromString(mode));
    }

    private static void flush(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
