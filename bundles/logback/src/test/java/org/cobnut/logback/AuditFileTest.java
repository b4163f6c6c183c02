package org.cobnut.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
    @TempDir
    Path directory;

    private Path path = Path.of("audit.log");

    @BeforeEach
    void place() {
        path = directory.resolve("audit.log");
    }

    @Test
    void nobodyElseCanReadIt() throws IOException {
        Files.writeString(path, "before\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (var file = new AuditFile(path)) {
            file.write("now");
        }
        assertThat(path).hasContent("before\nnow");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void itsSizeIsBounded() throws IOException {
        try (var file = new AuditFile(path, 100)) {
            for (int i = 0; i < 1000; i++) file.write("line " + i);
        }
        try (var all = Files.list(directory)) {
            assertThat(all.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("audit.log", "audit.log.1", "audit.log.2", "audit.log.3", "audit.log.4");
        }
        assertThat(Files.readString(path)).endsWith("line 999\n");
        for (int i = 1; i <= AuditFile.OLDER; i++)
            assertThat(Files.size(directory.resolve("audit.log." + i))).isLessThan(120);
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "precious\n");
        Files.createSymbolicLink(path, other);
        try (var file = new AuditFile(path)) {
            assertThatThrownBy(() -> file.write("x")).hasMessage(path + ": is no regular file");
            Files.delete(path);
            Files.createLink(path, other);
            assertThatThrownBy(() -> file.write("x")).hasMessage(path + ": has another name too");
            Files.delete(path);
            file.write("mended");
        }
        assertThat(other).hasContent("precious");
        assertThat(path).hasContent("mended");
    }

    @Test
    void aFileThatWasTakenAwayIsMadeAnew() throws IOException {
        try (var file = new AuditFile(path)) {
            file.write("one");
            Files.move(path, directory.resolve("away"));
            file.write("two");
        }
        assertThat(path).hasContent("two");
    }
}
