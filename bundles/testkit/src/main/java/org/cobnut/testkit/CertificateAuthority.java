package org.cobnut.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** A directory in which the real openssl and certutil make certificates, signed by an authority of their own or not. */
public record CertificateAuthority(Path directory) {
    /** A file of the directory. */
    public Path path(String file) {
        return directory.resolve(file);
    }

    /** Runs a line of shell, which must succeed; gives back what it said. */
    public String run(String line) throws IOException, InterruptedException {
        Path said = Files.createTempFile(directory, "said", ".log");
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
        return Files.readString(said);
    }

    /** Makes ca.pem with its key, and what openssl ca needs beside it. */
    public void authority() throws IOException, InterruptedException {
        Files.writeString(path("ca.cnf"), """
            [ca]
            default_ca = here
            [here]
            dir = .
            database = index.txt
            serial = serial
            crlnumber = crlnumber
            new_certs_dir = .
            certificate = ca.pem
            private_key = ca.key
            default_md = sha256
            default_crl_days = 30
            default_days = 30
            unique_subject = no
            policy = any
            copy_extensions = copy
            [any]
            organizationName = optional
            commonName = supplied
            """);
        run("touch index.txt; echo 01 > serial; echo 01 > crlnumber;"
                + " openssl req -x509 -newkey rsa:2048 -nodes -subj '/CN=Root' -keyout ca.key -out ca.pem");
    }

    /** Makes a certificate that the authority signs, and NAME.both of chain and key. */
    public void certificate(String name, String more) throws IOException, InterruptedException {
        run(("openssl req -new -newkey rsa:2048 -nodes -subj '/O=Cobnut/CN=%1$s' -keyout %1$s.key -out %1$s.csr"
                        + " -addext 'subjectAltName=DNS:%1$s.example.org,IP:127.0.0.1';"
                        + " openssl ca -batch -notext -config ca.cnf -in %1$s.csr -out %1$s.pem %2$s;"
                        + " cat %1$s.pem ca.pem %1$s.key > %1$s.both")
                .formatted(name, more));
    }

    /** Makes a certificate that vouches for itself, and NAME.both of it and its key. */
    public void selfSigned(String name, String more) throws IOException, InterruptedException {
        run(("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.pem %2$s;"
                        + " cat %1$s.pem %1$s.key > %1$s.new; mv %1$s.new %1$s.both")
                .formatted(name, more));
    }

    /** Makes a database of NSS with an authority "My Root CA", as NUT's guide does without its questions; and root.crt. */
    public void nssAuthority() throws IOException, InterruptedException {
        run("head -c 64 /dev/urandom > noise; echo Geheim > word; mkdir root; certutil -N -d sql:root -f word;"
                + " printf 'y\\n\\ny\\n' | certutil -S -d sql:root -f word -z noise -n 'My Root CA' -s CN=Root -x -2"
                + " -t TC,, -m 1;"
                + " certutil -L -d sql:root -n 'My Root CA' -a -o root.crt");
    }

    /**
     * Makes the database NAME of a host, as the guide does: its key and request, the certificate "My NAME" that the
     * authority signs for it, and the authority with certutil's marks for whom it vouches.
     */
    public void nssDatabase(String name, int serial, String marks) throws IOException, InterruptedException {
        run(("mkdir %1$s; certutil -N -d sql:%1$s -f word;"
                        + " certutil -R -d sql:%1$s -f word -z noise -s CN=%1$s -a -o %1$s.req;"
                        + " certutil -C -d sql:root -f word -c 'My Root CA' -m %2$d -8 %1$s.example.org,localhost"
                        + " -a -i %1$s.req -o %1$s.crt;"
                        + " certutil -A -d sql:%1$s -f word -n 'My Root CA' -t %3$s -a -i root.crt;"
                        + " certutil -A -d sql:%1$s -f word -n 'My %1$s' -t ,, -a -i %1$s.crt")
                .formatted(name, serial, marks));
    }

    /** Puts a file in the place of another at once. */
    public void replace(String by, String old) throws IOException {
        Path copy = Files.copy(path(by), path(by + ".copy"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, path(old), StandardCopyOption.ATOMIC_MOVE);
    }
}
