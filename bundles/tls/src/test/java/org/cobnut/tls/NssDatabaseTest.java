package org.cobnut.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.cobnut.testkit.CertificateAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With databases made as NUT's guide makes them: an authority's, and the server's with the certificate it signed. */
class NssDatabaseTest {
    @TempDir
    static Path directory;

    @Test
    void servesWithAKeyThatStaysInTheDatabase() throws Exception {
        var tools = new CertificateAuthority(directory);
        tools.nssAuthority();
        tools.nssDatabase("server", 2, "C,,");

        Material material = Material.load(files("My server", "Geheim"), PeerRole.SERVERS);
        assertThat(material.nss()).isTrue();
        Identity identity = material.identity().orElseThrow();
        assertThat(CertificateName.isHost(identity.certificate(), "server.example.org"))
                .isTrue();
        assertThat(identity.key().getEncoded()).isNull();
        assertThat(Handshake.of(material, material.trust().orElseThrow(), "TLSv1.2"))
                .isEqualTo("TLSv1.2");

        // The authority is marked for servers only.
        assertThat(Material.load(files("", ""), PeerRole.SERVERS).trust()).isPresent();
        assertThat(Material.load(files("", ""), PeerRole.CLIENTS).trust()).isEmpty();

        assertThatThrownBy(() -> Material.load(files("Another", "Geheim"), PeerRole.SERVERS))
                .hasMessage(tools.path("server") + ": no certificate with the name \"Another\" and a key");
    }

    private static TlsFiles files(String name, String password) {
        return new TlsFiles(Optional.empty(), Optional.of(directory.resolve("server")), name, password);
    }
}
