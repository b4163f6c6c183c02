package org.cobnut.upsd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** hosts.allow and hosts.deny as they are on the disk; {@link #look} reads them again when they changed. */
final class HostFiles {
    private static final Logger log = LoggerFactory.getLogger(HostFiles.class);
    private static final long LONGEST = 1 << 20;

    /** What is read where upsd.conf names no other file; that there is none is usual then. */
    private static final Set<Path> USUAL = Set.of(Path.of("/etc/hosts.allow"), Path.of("/etc/hosts.deny"));

    private volatile HostRules rules = HostRules.NONE;
    private FileStamps seen = FileStamps.NONE;

    /** What was read last; never blocks. */
    HostRules rules() {
        return rules;
    }

    /**
     * Reads the files if one of them, or a file that they name, is another than at the last look. Touches the disk: not
     * for an event loop. A file that is not there says nothing, as with libwrap, but is told of if upsd.conf names it; one
     * that cannot be read leaves all as it was.
     */
    synchronized void look(Path allow, Path deny) {
        Set<Path> known = seen.files().keySet();
        if (known.contains(allow) && known.contains(deny) && seen.equals(FileStamps.of(known))) return;
        var included = new ArrayList<Path>(List.of(allow, deny));
        try {
            rules = HostRules.of(
                    source(allow, "HOSTS_ALLOW", "it lets nobody in"),
                    source(deny, "HOSTS_DENY", "it keeps nobody out"),
                    name -> {
                        included.add(Path.of(name));
                        return words(name);
                    },
                    (where, why) -> log.warn("{}: {}", where, why));
        } catch (IOException unreadable) {
            log.error(
                    "{}; {}",
                    unreadable.getMessage(),
                    seen.equals(FileStamps.NONE)
                            ? "so nobody is kept out until it can be read"
                            : "the rules of before stay in force");
        }
        seen = FileStamps.of(included);
    }

    private static HostRules.Source source(Path path, String directive, String so) throws IOException {
        if (!USUAL.contains(path) && Files.notExists(path))
            log.warn("{} names {}, which is not there, so {}: write the file, or mend upsd.conf", directive, path, so);
        return new HostRules.Source(path.toString(), text(path));
    }

    private static List<String> words(String name) {
        Path path = Path.of(name);
        if (Files.notExists(path)) log.warn("{}, which a pattern names, is not there, so it matches nobody", path);
        try {
            return List.of(text(path).trim().split("\\s+"));
        } catch (IOException unreadable) {
            log.warn("{}, so it matches nobody", unreadable.getMessage());
            return List.of();
        }
    }

    private static String text(Path path) throws IOException {
        if (Files.notExists(path)) return "";
        try {
            if (Files.size(path) > LONGEST) throw new IOException("longer than a mebibyte");
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
