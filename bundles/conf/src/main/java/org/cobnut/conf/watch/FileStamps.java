package org.cobnut.conf.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The time, size and identity of files, which show when one has changed; links are followed. */
public record FileStamps(Map<Path, Stamp> files) {
    /** The stamps of no file. */
    public static final FileStamps NONE = new FileStamps(Map.of());

    /** Most files of one directory that are looked at. */
    static final int MOST_FILES = 4096;

    /** What tells one state of a file from another without reading it: nanoseconds, bytes, the inode. */
    public record Stamp(long modified, long size, String inode) {
        private static final Stamp ABSENT = new Stamp(0, 0, "");

        static Stamp of(Path path) {
            try {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                long modified = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
                return new Stamp(modified, attributes.size(), Objects.toString(attributes.fileKey(), ""));
            } catch (IOException gone) {
                return ABSENT;
            }
        }
    }

    /** The stamps of these files, and of the files in those that are directories. Reads the disk. */
    public static FileStamps of(Collection<Path> paths) {
        var stamps = new HashMap<Path, Stamp>();
        for (Path path : paths) {
            stamps.put(path, Stamp.of(path));
            for (Path file : inside(path)) stamps.put(file, Stamp.of(file));
        }
        return new FileStamps(Map.copyOf(stamps));
    }

    /** The entries of a directory; none of another file, or where they cannot be listed. */
    static List<Path> inside(Path path) {
        if (!Files.isDirectory(path)) return List.of();
        try (Stream<Path> entries = Files.list(path)) {
            return entries.limit(MOST_FILES).toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }

    /** Whether a file that held something before is gone or empty now. */
    boolean lostSince(FileStamps before) {
        return before.files.entrySet().stream()
                .anyMatch(file -> file.getValue().size() > 0
                        && files.getOrDefault(file.getKey(), Stamp.ABSENT).size() == 0);
    }
}
