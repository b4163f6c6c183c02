package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cobnut.tls.TlsFiles;

/** Certificates that the real openssl makes, each signed by itself: NAME.pem, and NAME.both with its key. */
record Certificates(Path directory) {
    TlsSettings own(String name, String more) throws IOException, InterruptedException {
        run(("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.pem %2$s;"
                        + " cat %1$s.pem %1$s.key > %1$s.new; mv %1$s.new %1$s.both")
                .formatted(name, more));
        return settings(name + ".both", "", TlsSettings.Clients.NO);
    }

    TlsSettings settings(String certfile, String certpath, TlsSettings.Clients clients) {
        Optional<Path> trust = certpath.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(certpath));
        return new TlsSettings(new TlsFiles(Optional.of(directory.resolve(certfile)), trust, "", ""), clients);
    }

    /** Puts a file in the place of another at once. */
    void replace(String by, String old) throws IOException {
        Path copy = Files.copy(directory.resolve(by), directory.resolve(by + ".copy"));
        Files.move(copy, directory.resolve(old), StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(String line) throws IOException, InterruptedException {
        Path said = directory.resolve("said.log");
        Process process = new ProcessBuilder("/bin/sh", "-ec", line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(line).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(line + '\n' + Files.readString(said)).isZero();
    }
}
