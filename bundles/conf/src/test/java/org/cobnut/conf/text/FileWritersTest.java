package org.cobnut.conf.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.cobnut.conf.Site;
import org.cobnut.conf.check.CrossCheck;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.schema.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWritersTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("notify.conf"), "[say]\nkind = exec\ncommand = /bin/true\n");
        mode(directory, "rwxr-x---");
        mode(file, "rw-r-----");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static FileWriters as(String account) {
        return new FileWriters(account);
    }

    private String self() throws IOException {
        return Files.getOwner(file).getName();
    }

    @Test
    void itsOwnerAloneMayWrite() throws IOException {
        assertThat(as(self()).fault(file)).isEmpty();
        assertThat(as("").fault(file)).isEmpty();
        assertThat(as("").fault(directory.resolve("none"))).isEmpty();
    }

    @Test
    void otherAccountsMayNotWriteTheFile() throws IOException {
        mode(file, "rw-r--rw-");
        assertThat(as("").fault(file).orElseThrow()).contains("mode 0646", "chmod o-w " + file.toRealPath());
    }

    @Test
    void norReplaceItInItsFolder() throws IOException {
        mode(directory, "rwxrwxrwx");
        assertThat(as("").fault(file).orElseThrow()).contains("chmod o-w " + directory.toRealPath());
    }

    @Test
    void norWhereALinkLeads() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("notify.conf"), file);
        mode(file, "rw-rw-rw-");
        assertThat(as("").fault(link)).isPresent();
    }

    @Test
    void ofNotifyConfThatOthersMayWriteNothingIsRun() throws IOException {
        Site site = Site.in(directory);
        mode(file, "rw-rw-rw-");
        DiskState state = new NutFiles(directory).readDisk();
        assertThat(state.of(Schema.NOTIFY_CONF)).isEmpty();
        assertThat(state.missing()).anySatisfy(fault -> assertThat(fault.toString())
                .contains("notify.conf: does not count, for others may"));
        mode(file, "rw-r-----");
        assertThat(new NutFiles(site.directory()).readDisk().of(Schema.NOTIFY_CONF))
                .isPresent();
    }

    @Test
    void aFileOfNutsThatOthersMayWriteCountsAndIsWarnedOf() throws IOException {
        Site.in(directory);
        mode(directory.resolve("ups.conf"), "rw-rw-rw-");
        var files = new NutFiles(directory);
        DiskState state = files.readDisk();
        assertThat(state.of(Schema.UPS_CONF)).isPresent();
        assertThat(CrossCheck.of(state, files))
                .extracting(Fault::toString)
                .anyMatch(line -> line.startsWith("ups.conf: decides what is run here, and others may write to "));
    }
}
