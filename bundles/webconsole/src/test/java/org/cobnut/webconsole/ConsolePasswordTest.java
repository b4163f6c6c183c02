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

class ConsolePasswordTest {
    @TempDir
    private Path directory;

    @Test
    void isMadeOnceForItsOwnerOnlyAndShownUntilItsFirstUse() throws IOException {
        var made = ConsolePassword.in(file(), new Random(1));
        var first = Files.readString(made.shownIn()).strip();
        for (var each : List.of(file(), made.shownIn()))
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        assertThat(first).matches("[a-z2-9]{26}");
        assertThat(Files.readString(file())).startsWith("{PBKDF2-SHA256}").doesNotContain(first);
        assertThat(ConsolePassword.in(directory.resolve("other"), new Random(2)).is(first))
                .isFalse();
        var again = ConsolePassword.in(file(), new Random(2));
        assertThat(again.known(first)).isFalse();
        assertThat(again.is(first)).isTrue();
        assertThat(again.known(first)).isTrue();
        assertThat(again.known(first + "x")).isFalse();
        assertThat(again.shownIn()).isEqualTo(file());
    }

    @Test
    void isWhatItsFileSaysNowAndIsHashedThere() throws IOException {
        var password = ConsolePassword.in(file(), new Random(1));
        Files.writeString(file(), " another one of mine \n");
        assertThat(password.is("another one of mine")).isTrue();
        assertThat(Files.readString(file())).startsWith("{PBKDF2-SHA256}");
        assertThat(password.is("another one of min")).isFalse();
        assertThat(password.is("another one of mine")).isTrue();
        Files.writeString(file(), "a third one of mine\n");
        assertThat(password.known("another one of mine")).as("of before").isFalse();
        assertThat(password.is("another one of mine")).isFalse();
        for (var weak : List.of("\n", "admin\n", "password\n")) {
            Files.writeString(file(), weak);
            assertThatThrownBy(() -> password.is(weak.strip())).isInstanceOf(IOException.class);
        }
        Files.delete(file());
        assertThatThrownBy(() -> password.is("")).isInstanceOf(IOException.class);
    }

    @Test
    void isRefusedWhenOthersMayReadItOrWhenItIsEmpty() throws IOException {
        Files.writeString(file(), "known\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> ConsolePassword.in(file(), new Random(1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining("known");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file(), " \n");
        assertThatThrownBy(() -> ConsolePassword.in(file(), new Random(1))).hasMessageContaining("is empty");
    }

    private Path file() {
        return directory.resolve("secret");
    }
}
