package org.cobnut.conf.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.schema.Schema;
import org.cobnut.wire.HashedPassword;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswdProgramTest {
    private static final String USERS = """
            # our users
            [admin]
                password = plain # to be changed
                actions = SET

            [mon]
                password = pass
                upsmon primary
            """;

    @TempDir
    Path directory;

    private final Deque<String> typed = new ArrayDeque<>();

    @Test
    void changesOneLineAndKeepsTheRestAndTheMode() throws IOException {
        Path file = write(USERS);
        assertThat(passwd("sesame", "-i", "1000", "admin"))
                .endsWith("upsd.users: the password of [admin] is another now");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(2)).matches(" +password = \\{PBKDF2-SHA256}1000\\$\\S+ # to be changed");
        String hash = lines.get(2).trim().split(" ")[2];
        assertThat(HashedPassword.parse(hash).is("sesame")).isTrue();
        assertThat(String.join("\n", lines) + "\n").isEqualTo(USERS.replace("plain", hash));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(new NutFiles(directory)
                        .readDisk()
                        .of(Schema.UPSD_USERS)
                        .orElseThrow()
                        .faults())
                .isEmpty();
    }

    @Test
    void makesAUserWhoHasNoRights() throws IOException {
        Path file = write(USERS);
        assertThat(passwd("sesame", "-i", "1000", "new")).contains("made [new]");
        assertThat(Files.readString(file)).startsWith(USERS).contains("[new]").doesNotContain("sesame");
    }

    @Test
    void printsALineAndTouchesNothing() throws IOException {
        Path file = write(USERS);
        assertThat(passwd("sesame", "-p", "-i", "1000", "admin")).startsWith("password = {PBKDF2-SHA256}1000$");
        assertThat(Files.readString(file)).isEqualTo(USERS);
    }

    @Test
    void refusesWhatWillNotDo() throws IOException {
        write(USERS);
        for (String bad : List.of("", "pass\u00e9", "x".repeat(513)))
            assertThatThrownBy(() -> passwd(bad, "admin")).isInstanceOf(IllegalArgumentException.class);
        typed.addAll(List.of("one", "two"));
        assertThatThrownBy(() -> new PasswdProgram(directory, prompt -> typed.remove()).run("admin"))
                .hasMessage("the two differ");
        for (String[] args : new String[][] {{"a", "b"}, {"-x"}, {"-i", "5", "admin"}, {"[x]"}})
            assertThatThrownBy(() -> passwd("sesame", args)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysThatThereIsNoFile() {
        assertThatThrownBy(() -> passwd("sesame", "-i", "1000", "admin"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("upsd.users");
    }

    @Test
    void aLineThatOnlyLooksHashedIsAnErrorThatDoesNotShowIt() throws IOException {
        write("[admin]\npassword = {PBKDF2-SHA256}12$secret\n");
        assertThat(new NutFiles(directory)
                        .readDisk()
                        .of(Schema.UPSD_USERS)
                        .orElseThrow()
                        .faults())
                .singleElement()
                .asString()
                .startsWith("upsd.users:2:")
                .doesNotContain("secret");
    }

    private String passwd(String password, String... args) throws IOException {
        return new PasswdProgram(directory, prompt -> password).run(args);
    }

    private Path write(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("upsd.users"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        return file;
    }
}
