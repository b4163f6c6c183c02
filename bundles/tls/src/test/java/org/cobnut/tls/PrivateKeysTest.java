package org.cobnut.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.testkit.CertificateAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateKeysTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RSA in PKCS#8        | genpkey -algorithm RSA -out plain | pkey -in plain",
                "RSA in PKCS#1        | genpkey -algorithm RSA -out plain | rsa -traditional -in plain",
                "EC in PKCS#8         | genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out plain | pkey -in"
                        + " plain",
                "EC in SEC 1          | ecparam -genkey -name secp384r1 -out plain | ec -in plain",
                "Ed25519              | genpkey -algorithm ED25519 -out plain | pkey -in plain",
                "PBES2                | genpkey -algorithm RSA -out plain | pkcs8 -topk8 -v2 aes-256-cbc -passout"
                        + " pass:Geheim -in plain",
                "PBES2, SHA-1, AES128 | genpkey -algorithm ED25519 -out plain | pkcs8 -topk8 -v2 aes-128-cbc -v2prf"
                        + " hmacWithSHA1 -passout pass:Geheim -in plain",
                "PKCS#12's scheme     | genpkey -algorithm RSA -out plain | pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout"
                        + " pass:Geheim -in plain",
                "old, AES             | genpkey -algorithm RSA -out plain | rsa -traditional -aes256 -passout"
                        + " pass:Geheim -in plain",
                "old, 3DES            | ecparam -genkey -name prime256v1 -out plain | ec -des3 -passout pass:Geheim"
                        + " -in plain",
            })
    void readsEveryFormThatOpensslWrites(String form, String make, String write) throws Exception {
        var tools = new CertificateAuthority(directory);
        tools.run("openssl " + make);
        tools.run("openssl req -x509 -key plain -subj /CN=here -out cert; openssl " + write + " -out key;"
                + " cat cert key > both");
        boolean encrypted = write.contains("pass:");

        Material.load(files(encrypted ? "Geheim" : ""), PeerRole.CLIENTS);
        if (!encrypted) return;
        assertThatThrownBy(() -> Material.load(files(""), PeerRole.CLIENTS))
                .isInstanceOf(IOException.class)
                .hasMessage(tools.path("both") + ": the private key is encrypted, and CERTIDENT gives no password");
        assertThatThrownBy(() -> Material.load(files("Falsch"), PeerRole.CLIENTS))
                .isInstanceOf(IOException.class)
                .hasMessage(tools.path("both") + ": the private key cannot be decrypted with CERTIDENT's password");
    }

    @Test
    void saysWhenKeyAndCertificateAreNotOfOneAnother() throws Exception {
        var tools = new CertificateAuthority(directory);
        tools.run("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=here -keyout lost -out both;"
                + " openssl genpkey -algorithm RSA >> both");
        assertThatThrownBy(() -> Material.load(files(""), PeerRole.CLIENTS))
                .hasMessage(tools.path("both") + ": the private key does not belong to the certificate");
    }

    @Test
    void neverShowsThePassword() {
        assertThat(files("Geheim").toString()).doesNotContain("Geheim");
    }

    private TlsFiles files(String password) {
        return new TlsFiles(Optional.of(directory.resolve("both")), Optional.empty(), "", password);
    }
}
