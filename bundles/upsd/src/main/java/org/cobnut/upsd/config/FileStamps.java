package org.cobnut.upsd.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cobnut.tls.TlsFiles;

/** The time, size and identity of files, which show when one has changed; links are followed. */
public record FileStamps(Map<Path, String> files) {
    /** The stamps of no file. */
    public static final FileStamps NONE = new FileStamps(Map.of());

    /** Most files of one directory that are looked at. */
    public static final int MOST_FILES = 4096;

    public static FileStamps of(TlsFiles files) {
        return of(Stream.of(files.certfile(), files.certpath())
                .flatMap(Optional::stream)
                .toList());
    }

    /** The stamps of these files, and of the files in those that are directories. */
    public static FileStamps of(Collection<Path> paths) {
        var stamps = new TreeMap<Path, String>();
        paths.forEach(path -> {
            stamps.put(path, stamp(path));
            if (!Files.isDirectory(path)) return;
            try (var entries = Files.list(path)) {
                entries.limit(MOST_FILES).forEach(each -> stamps.put(each, stamp(each)));
            } catch (IOException gone) {
                stamps.put(path, "unreadable");
            }
        });
        return new FileStamps(Map.copyOf(stamps));
    }

    private static String stamp(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + ' ' + attributes.fileKey();
        } catch (IOException gone) {
            return "none";
        }
    }
}
