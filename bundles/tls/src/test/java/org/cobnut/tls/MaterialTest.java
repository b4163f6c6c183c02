package org.cobnut.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.cobnut.testkit.CertificateAuthority;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaterialTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void make() throws Exception {
        var tools = new CertificateAuthority(directory);
        tools.authority();
        tools.certificate("good", "");
        tools.certificate("late", "-startdate 20200101000000Z -enddate 20210101000000Z");
        tools.certificate("gone", "");
        tools.run("openssl ca -config ca.cnf -revoke gone.pem; openssl ca -config ca.cnf -gencrl -out list.pem; openssl"
                + " ca -config ca.cnf -gencrl -out old.pem -crl_lastupdate 20200101000000Z -crl_nextupdate"
                + " 20210101000000Z; mkdir hashed; cp ca.pem hashed; openssl rehash hashed; cp good.both"
                + " hashed/ignored.pem; mkdir listed; cp ca.pem list.pem listed; openssl rehash listed; cat ca.pem"
                + " old.pem > outdated.pem; cat good.pem ca.pem > bundle.pem; mkdir empty; openssl req -x509"
                + " -newkey rsa:2048 -nodes -subj /CN=Other -keyout x.key -out other.pem");
    }

    @ParameterizedTest
    @CsvSource({"good, hashed", "good, ca.pem", "good, bundle.pem", "good, listed", "gone, hashed"})
    void trustsWhomCertpathTrusts(String name, String certpath) throws Exception {
        assertThat(Handshake.of(own(name, ""), trust(certpath), "TLSv1.3")).isEqualTo("TLSv1.3");
        assertThat(Handshake.of(own(name, ""), trust(certpath), "TLSv1.2")).isEqualTo("TLSv1.2");
    }

    @ParameterizedTest
    @CsvSource({
        "late, hashed, NotAfter: ",
        "good, other.pem, unable to find valid certification path",
        "gone, listed, certificate revoked: CN=gone",
        "good, outdated.pem, the revocation list of CN=Root ended on 2021-01-01T00:00:00Z",
    })
    void refusesOthersAndSaysWhy(String name, String certpath, String why) throws Exception {
        Material server = own(name, "");
        CertpathTrustManager client = trust(certpath);
        assertThatThrownBy(() -> Handshake.of(server, client, "TLSv1.3"))
                .isInstanceOf(SSLHandshakeException.class)
                .satisfies(refused -> assertThat(everything(refused)).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "good",
                "good.example.org",
                "GOOD.example.org",
                "127.0.0.1",
                "O=Cobnut, CN=good",
                "/O=Cobnut/CN=good"
            })
    void takesTheNamesThatCertidentMayGive(String name) {
        assertThatCode(() -> own("good", name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad", "example.org", "127.0.0.2", "CN=bad", "x.good.example.org"})
    void refusesAnotherNameThanCertidents(String name) {
        assertThatThrownBy(() -> own("good", name))
                .hasMessageContaining("good.both: the certificate is of CN=good,O=Cobnut")
                .hasMessageContaining("not of \"" + name + "\" as CERTIDENT wants");
    }

    @ParameterizedTest
    @CsvSource({"none.both, no such file or directory", "ca.pem, no private key in it", "good.key, no certificate in it"
    })
    void saysWhatIsWrongWithCertfile(String file, String why) {
        var files = new TlsFiles(Optional.of(directory.resolve(file)), Optional.empty(), "", "");
        assertThatThrownBy(() -> Material.load(files, PeerRole.CLIENTS))
                .hasMessage(directory.resolve(file) + ": " + why);
    }

    @ParameterizedTest
    @CsvSource({"empty, no certificate to trust", "nowhere, no such file or directory"})
    void saysWhatIsWrongWithCertpath(String path, String why) {
        assertThatThrownBy(() -> trust(path)).hasMessage(directory.resolve(path) + ": " + why);
    }

    @Test
    void saysWhereABlockIsCutOff() throws Exception {
        Path cut = directory.resolve("cut.pem");
        String whole = Files.readString(directory.resolve("good.pem"));
        Files.writeString(cut, "a comment\n" + whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> Pem.read(cut)).hasMessage(cut + ": line 2: CERTIFICATE has no end");
    }

    private static Material own(String name, String certident) throws Exception {
        var file = Optional.of(directory.resolve(name + ".both"));
        return Material.load(new TlsFiles(file, Optional.empty(), certident, ""), PeerRole.CLIENTS);
    }

    private static CertpathTrustManager trust(String certpath) throws Exception {
        var path = Optional.of(directory.resolve(certpath));
        return Material.load(new TlsFiles(Optional.empty(), path, "", ""), PeerRole.SERVERS)
                .trust()
                .orElseThrow();
    }

    private static String everything(Throwable refused) {
        var all = new StringBuilder();
        for (Throwable each = refused; each != null; each = each.getCause())
            all.append(each.getMessage()).append('\n');
        return all.toString();
    }
}
