package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.zip.ZipFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures that Java really throws, and what a person reads of them. */
class ErrorTextTest {
    @TempDir
    Path directory;

    @Test
    void namesTheCauseWhereJavaSaysThePathAlone() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path full = Files.createDirectory(directory.resolve("full"));
        Files.createFile(full.resolve("in it"));
        assertThat(text(() -> Files.readString(directory.resolve("none")))).isEqualTo("no such file or directory");
        assertThat(text(() -> Files.createFile(file))).isEqualTo("it exists already");
        assertThat(text(() -> Files.list(file))).isEqualTo("it is not a directory");
        assertThat(text(() -> Files.delete(full))).isEqualTo("the directory is not empty");
        assertThat(ErrorText.of(new FileSystemException("/x", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(ErrorText.of(new FileSystemException("/x"))).contains("refuses");
    }

    @Test
    void saysTheFileOnceWhenAskedTo() {
        Path none = directory.resolve("none");
        Throwable failure = catchThrowable(() -> Files.readString(none));
        assertThat(ErrorText.withFile(failure)).isEqualTo(none + ": no such file or directory");
        assertThat(ErrorText.withFile(new UncheckedIOException((IOException) failure)))
                .isEqualTo(none + ": no such file or directory");
        assertThat(ErrorText.withFile(new IOException("too many files"))).isEqualTo("too many files");
    }

    @Test
    void saysWhatIsWrongWithTheThingsThatPeopleType() {
        assertThat(text(() -> Integer.parseInt("abc"))).isEqualTo("\"abc\" is not a number");
        assertThat(text(() -> InetAddress.getByName("no.such.host.invalid")))
                .isEqualTo("host no.such.host.invalid is not known");
        assertThat(text(() -> new ProcessBuilder("/no/such/program").start())).isEqualTo("No such file or directory");
        assertThat(text(() -> {
                    Files.writeString(directory.resolve("x.jar"), "no jar");
                    new ZipFile(directory.resolve("x.jar").toFile()).close();
                }))
                .startsWith("it is not a complete jar");
        assertThat(text(() -> {
                    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                        server.bind(UnixDomainSocketAddress.of(directory.resolve("s".repeat(120))));
                    }
                }))
                .contains("too long for a socket");
    }

    @Test
    void isNeverEmptyAndNeverABareWord() {
        assertThat(ErrorText.of(new IOException())).isEqualTo("no reason is given (IOException)");
        assertThat(ErrorText.of(new IOException("/x"))).isEqualTo("IOException (/x)");
        assertThat(ErrorText.of(new EOFException())).isEqualTo("it ended too early");
        assertThat(ErrorText.of(new CompletionException(new IOException("the disk is gone"))))
                .isEqualTo("the disk is gone");
    }

    private static String text(ThrowingCallable call) {
        return ErrorText.of(catchThrowable(call));
    }
}
