package org.cobnut.upsd;

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

/** By what it is seen that a file has changed: its time, its size, and which file it is behind its links. */
record FileStamps(Map<Path, String> files) {
    /** Of nothing. */
    static final FileStamps NONE = new FileStamps(Map.of());

    /** Of a directory; more than anybody trusts. */
    static final int MOST_FILES = 4096;

    static FileStamps of(TlsFiles files) {
        return of(Stream.of(files.certfile(), files.certpath())
                .flatMap(Optional::stream)
                .toList());
    }

    /** Of these, and of what stands in those that are directories. */
    static FileStamps of(Collection<Path> paths) {
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
