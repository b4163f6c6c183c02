package org.cobnut.upsd.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cobnut.conf.watch.FileStamps;
import org.cobnut.wire.ErrorText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of hosts.allow and hosts.deny; {@link #look} reads the files again when they have changed. */
public final class HostAccessFiles {
    private static final Logger log = LoggerFactory.getLogger(HostAccessFiles.class);
    private static final long LONGEST = 1 << 20;

    /** The files that are read when upsd.conf names no other; usually they do not exist. */
    private static final Set<Path> USUAL = Set.of(Path.of("/etc/hosts.allow"), Path.of("/etc/hosts.deny"));

    private volatile HostRules rules = HostRules.NONE;
    private FileStamps seen = FileStamps.NONE;

    /** The rules that were read last; never blocks. */
    public HostRules rules() {
        return rules;
    }

    /** The files that the last call of {@link #look} read or missed. */
    public synchronized Set<Path> files() {
        return seen.files().keySet();
    }

    /**
     * Reads the files if one of them, or a file that they name, has changed since the last call. Reads the disk: not
     * for an event loop. A file that does not exist has no rules, as with libwrap; the log says so if upsd.conf names
     * it. When a file cannot be read, the rules stay as they were.
     */
    public synchronized void look(Path allow, Path deny) {
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
                            ? "every client is admitted until it can be read"
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
        if (Files.notExists(path))
            log.warn("{}, which a pattern names, does not exist, so the pattern matches no client", path);
        try {
            return List.of(text(path).trim().split("\\s+"));
        } catch (IOException unreadable) {
            log.warn("{}, so its pattern matches no client", unreadable.getMessage());
            return List.of();
        }
    }

    private static String text(Path path) throws IOException {
        if (Files.notExists(path)) return "";
        try {
            if (Files.size(path) > LONGEST) throw new IOException("longer than a mebibyte");
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(path + " cannot be read: " + ErrorText.of(e), e);
        }
    }
}
