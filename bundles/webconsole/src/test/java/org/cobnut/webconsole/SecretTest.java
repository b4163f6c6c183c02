package org.cobnut.webconsole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    private Path directory;

    @Test
    void isMadeOnceForItsOwnerOnlyAndShownUntilItsFirstUse() throws IOException {
        var made = Secret.in(file(), new Random(1));
        var first = Files.readString(made.shownIn()).strip();
        for (var each : List.of(file(), made.shownIn()))
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        assertThat(first).matches("[a-z2-9]{26}");
        assertThat(Files.readString(file())).startsWith("{PBKDF2-SHA256}").doesNotContain(first);
        assertThat(Secret.in(directory.resolve("other"), new Random(2)).is(first))
                .isFalse();
        var again = Secret.in(file(), new Random(2));
        assertThat(again.known(first)).isFalse();
        assertThat(again.is(first)).isTrue();
        assertThat(again.known(first)).isTrue();
        assertThat(again.known(first + "x")).isFalse();
        assertThat(again.shownIn()).isEqualTo(file());
    }

    @Test
    void isWhatItsFileSaysNowAndIsHashedThere() throws IOException {
        var secret = Secret.in(file(), new Random(1));
        Files.writeString(file(), " another one of mine \n");
        assertThat(secret.is("another one of mine")).isTrue();
        assertThat(Files.readString(file())).startsWith("{PBKDF2-SHA256}");
        assertThat(secret.is("another one of min")).isFalse();
        assertThat(secret.is("another one of mine")).isTrue();
        Files.writeString(file(), "a third one of mine\n");
        assertThat(secret.known("another one of mine")).as("of before").isFalse();
        assertThat(secret.is("another one of mine")).isFalse();
        for (var weak : List.of("\n", "admin\n", "password\n")) {
            Files.writeString(file(), weak);
            assertThatThrownBy(() -> secret.is(weak.strip())).isInstanceOf(IOException.class);
        }
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
