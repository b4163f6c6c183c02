package org.cobnut.runtime.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import org.cobnut.link.record.Transcript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TranscriptFileTest {
    @TempDir
    Path folder;

    @Test
    void writesLinesThatOnlyItsAccountAndGroupRead() throws Exception {
        Path path = folder.resolve("a.txt");
        var file = TranscriptFile.begin(path, 1000);
        file.add("one");
        file.add("two");
        file.close();
        assertThat(file.await(10_000)).isTrue();
        assertThat(path).hasContent("one\ntwo\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void replacesATranscriptAndNothingElse() throws Exception {
        Path path = Files.writeString(folder.resolve("a.txt"), Transcript.HEADER + "\nold\n");
        var file = TranscriptFile.begin(path, 1000);
        file.add("new");
        file.close();
        assertThat(file.await(10_000)).isTrue();
        assertThat(path).hasContent("new\n");

        Path other = Files.writeString(folder.resolve("ups.conf"), "[ups]\n");
        assertThatThrownBy(() -> TranscriptFile.begin(other, 1000).opened().get())
                .hasMessageContaining("it exists and is no transcript; give another name");
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        assertThatThrownBy(() -> TranscriptFile.begin(link, 1000).opened().get())
                .hasMessageContaining("is no transcript");
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("planted"));
        assertThatThrownBy(() -> TranscriptFile.begin(dangling, 1000).opened().get())
                .hasMessageContaining("is no transcript");
        assertThat(other).hasContent("[ups]\n");
        assertThat(path).hasContent("new\n");
        assertThat(folder.resolve("planted")).doesNotExist();
    }

    @Test
    void endsWhenItIsFull() throws Exception {
        Path path = folder.resolve("a.txt");
        var file = TranscriptFile.begin(path, 10);
        file.add("12345");
        file.add("67890");
        assertThat(file.await(10_000)).isTrue();
        assertThat(file.takesMore()).isFalse();
        assertThat(path).hasContent("12345\n# full: 10 bytes\n");
    }

    @Test
    void endsWhenTheDiskFails() throws Exception {
        var full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        var file = TranscriptFile.begin(folder.resolve("x"), 1000, () -> full);
        file.add("one");
        assertThat(file.await(10_000)).isTrue();
        assertThat(file.takesMore()).isFalse();
        file.add("two");
    }

    @Test
    void neverBlocksWhenTheDiskHangs() throws Exception {
        var release = new CountDownLatch(1);
        var hung = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        var file = TranscriptFile.begin(folder.resolve("x"), 1 << 20, () -> hung);
        for (int i = 0; i < 10_000; i++) file.add("line " + i);
        assertThat(file.takesMore()).isFalse();
        release.countDown();
        assertThat(file.await(10_000)).isTrue();
    }
}
