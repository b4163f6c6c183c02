package org.cobnut.webconsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    private Path directory;

    @Test
    void isMadeOnceForItsOwnerOnly() throws IOException {
        Secret.in(file(), new Random(1));
        var first = Files.readString(file()).strip();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(first).matches("[a-z2-9]{26}");
        assertThat(Secret.in(file(), new Random(2)).is(first)).isTrue();
        assertThat(Secret.in(directory.resolve("other"), new Random(2)).is(first))
                .isFalse();
    }

    @Test
    void isWhatItsFileSaysNow() throws IOException {
        var secret = Secret.in(file(), new Random(1));
        Files.writeString(file(), " another one \n");
        assertThat(secret.is("another one")).isTrue();
        assertThat(secret.is("another on")).isFalse();
        Files.writeString(file(), "\n");
        assertThat(secret.is("")).as("nothing opens nothing").isFalse();
        Files.delete(file());
        assertThatThrownBy(() -> secret.is("")).isInstanceOf(IOException.class);
    }

    @Test
    void isRefusedWhenOthersMayReadItOrWhenItIsEmpty() throws IOException {
        Files.writeString(file(), "known\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> Secret.in(file(), new Random(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("known");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file(), " \n");
        assertThatThrownBy(() -> Secret.in(file(), new Random(1))).hasMessageContaining("is empty");
    }

    private Path file() {
        return directory.resolve("secret");
    }
}
