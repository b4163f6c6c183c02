package org.cobnut.table.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingFolderTest {
    @TempDir
    Path configuration;

    private final List<String> log = new ArrayList<>();
    private Path path;
    private MappingFolder folder;

    @BeforeEach
    void begin() {
        path = configuration.resolve("mappings");
        folder = new MappingFolder(path, log::add);
    }

    private List<String> files() {
        return folder.read().stream().map(MappingText::file).toList();
    }

    private Path write(String name, String text) throws IOException {
        Files.createDirectories(path);
        Path file = Files.writeString(path.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    @Test
    void readsTheMapFilesOfAFolderThatMayNotBeThere() throws IOException {
        assertThat(files()).isEmpty();
        write("b.map", "b");
        write("a.map", "a");
        write("a.map~", "a");
        write(".a.map", "a");
        write("readme", "a");
        assertThat(files()).containsExactly("mappings/a.map", "mappings/b.map");
        Files.delete(path.resolve("b.map"));
        assertThat(files()).containsExactly("mappings/a.map");
        assertThat(log).isEmpty();
    }

    @Test
    void doesNotTakeWhatAnybodyMayWrite() throws IOException {
        Path file = write("a.map", "one");
        assertThat(folder.read().get(0).bytes()).asString().isEqualTo("one");
        Files.writeString(file, "two");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(folder.read().get(0).bytes()).asString().isEqualTo("one");
        folder.read();
        assertThat(log)
                .containsExactly(
                        "mappings/a.map: anybody may write this file, so that it does not count; chmod o-w it");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        write("b.map", "b");
        assertThat(files()).containsExactly("mappings/a.map");
        assertThat(log).hasSize(2).last().asString().startsWith("mappings: anybody may write this folder");
    }

    @Test
    void saysWhatIsNoFileOrTooLarge() throws IOException {
        Files.createDirectories(path.resolve("dir.map"));
        write("big.map", "x".repeat((1 << 20) + 1));
        assertThat(files()).isEmpty();
        assertThat(log)
                .containsExactlyInAnyOrder(
                        "mappings/dir.map: it is no file", "mappings/big.map: it is larger than 1 MiB");
    }
}
