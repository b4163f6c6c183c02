package org.cobnut.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A server's certificate that vouches for itself: in files of PEM, and in a database of NSS. */
record Certificate(Path folder) {
    /** With a key as certutil makes it for NUT's guide. */
    static Certificate rsa() throws IOException {
        return made("rsa:2048");
    }

    /** With a key as "nutctl tls init" makes it. */
    static Certificate ec() throws IOException {
        return made("ec -pkeyopt ec_paramgen_curve:P-256");
    }

    private static Certificate made(String key) throws IOException {
        Path folder = Files.createTempDirectory("cobnut-bench");
        shell(
                folder,
                "openssl req -x509 -newkey " + key + " -nodes -days 30 -subj /CN=server -keyout key.pem -out cert.pem;"
                        + " cat cert.pem key.pem > both.pem; echo secret > word; mkdir nss; certutil -N -d sql:nss -f word;"
                        + " openssl pkcs12 -export -in both.pem -name server -passout file:word -out both.p12;"
                        + " pk12util -i both.p12 -d sql:nss -k word -w word");
        return new Certificate(folder);
    }

    String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Adds what Debian's upsd has to know. */
    void forNss(Path conf) throws IOException {
        add(conf, "CERTPATH " + file("nss") + "\nCERTIDENT server secret\nDISABLE_WEAK_SSL true\n");
    }

    /** Adds what ours has to know. */
    void forOurs(Path conf) throws IOException {
        add(conf, "CERTFILE " + file("both.pem") + '\n');
    }

    private static void add(Path conf, String lines) throws IOException {
        Files.writeString(conf.resolve("upsd.conf"), lines, StandardOpenOption.APPEND);
    }

    private static void shell(Path folder, String line) throws IOException {
        Process process = new ProcessBuilder("sh", "-ec", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) throw new IOException("no certificate can be made: " + said);
    }
}
