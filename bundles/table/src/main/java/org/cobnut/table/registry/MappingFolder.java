package org.cobnut.table.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cobnut.wire.ErrorText;

/**
 * The folder of the operator's mapping files. Whoever may write a mapping decides what is sent to a UPS, so that a file which
 * anybody may write does not count. One thread at a time.
 */
final class MappingFolder {
    private static final String SUFFIX = ".map";

    /** Bytes of the largest file. */
    private static final long LARGEST = 1 << 20;

    /** Files that a folder may hold. */
    private static final int MOST = 1_000;

    private final Path folder;
    private final Consumer<String> log;
    private Map<Path, MappingText> last = Map.of();
    private final Set<String> told = new HashSet<>();

    /** @param log takes a line about each file that cannot be read, when it comes */
    MappingFolder(Path folder, Consumer<String> log) {
        this.folder = folder;
        this.log = log;
    }

    /** Reads all files. One that cannot be read now stays as it was read last. */
    List<MappingText> read() {
        var faults = new HashSet<String>();
        last = read(faults);
        for (String fault : faults) if (!told.contains(fault)) log.accept(fault);
        told.clear();
        told.addAll(faults);
        return List.copyOf(last.values());
    }

    private Map<Path, MappingText> read(Set<String> faults) {
        if (!Files.isDirectory(folder)) return Map.of();
        var now = new TreeMap<Path, MappingText>();
        try {
            if (open(folder)) {
                faults.add(
                        shown(folder) + ": anybody may write this folder, so that no file of it is read; chmod o-w it");
                return last;
            }
            for (Path path : files()) {
                Optional<MappingText> text = read(path, faults);
                if (text.isEmpty() && Files.exists(path)) text = Optional.ofNullable(last.get(path));
                text.ifPresent(known -> now.put(path, known));
            }
            return now;
        } catch (IOException e) {
            faults.add(shown(folder) + ": the folder cannot be listed: " + ErrorText.of(e));
            return last;
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(MappingFolder::named).sorted().limit(MOST).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean named(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    private Optional<MappingText> read(Path path, Set<String> faults) {
        try {
            if (open(path))
                faults.add(shown(path) + ": anybody may write this file, so that it does not count; chmod o-w it");
            else if (!Files.isRegularFile(path)) faults.add(shown(path) + ": it is no file");
            else if (Files.size(path) > LARGEST) faults.add(shown(path) + ": it is larger than 1 MiB");
            else return Optional.of(MappingText.of(shown(path), Files.readAllBytes(path)));
        } catch (IOException e) {
            if (Files.exists(path)) faults.add(shown(path) + ": it cannot be read: " + ErrorText.of(e));
        }
        return Optional.empty();
    }

    private static boolean open(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** As it is shown to people: below the configuration folder. */
    private String shown(Path path) {
        Path parent = folder.getParent();
        return parent == null ? path.toString() : parent.relativize(path).toString();
    }
}
