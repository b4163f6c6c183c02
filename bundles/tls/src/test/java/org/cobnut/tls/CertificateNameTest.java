package org.cobnut.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.cobnut.testkit.CertificateAuthority;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of certificates that the real openssl makes, those of impostors among them. */
@Timeout(120)
class CertificateNameTest {
    private static final String ALICE = "/O=Example/OU=Admins/CN=alice";

    @TempDir
    static Path directory;

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        new CertificateAuthority(directory)
                .run("openssl ecparam -genkey -name prime256v1 -noout -out key;"
                        + " make() { openssl req -x509 -key key -utf8 -subj \"$2\" -out $1 ${3:+-addext \"$3\"}; };"
                        + " make alice /O=Example/OU=Admins/CN=alice;"
                        + " make text '/O=Guest/CN=\\/O=Example\\/OU=Admins\\/CN=alice';"
                        + " make comma '/O=Example/OU=Admins,CN=alice';"
                        + " make reversed /CN=alice/OU=Admins/O=Example;"
                        + " make joined /O=Example/OU=Admins+CN=alice;"
                        + " make plus '/O=Example/CN=a\\+OU=b';"
                        + " make more /O=Guest/O=Example/OU=Admins/CN=alice;"
                        + " make two /O=Example/CN=bob/CN=alice;"
                        + " make mail /O=Example/CN=alice/emailAddress=alice@example.org;"
                        + " make kelvin \"/CN=$(printf '\\342\\204\\252')im\";"
                        + " make dotless \"/CN=adm$(printf '\\304\\261')n\";"
                        + " make star '/CN=*.example.org' subjectAltName=DNS:*.example.org;"
                        + " make stars '/O=Example/CN=*.example.org';"
                        + " make node /CN=x subjectAltName=DNS:node1.example.org,IP:10.0.0.1,IP:2001:db8::1;"
                        + " make service '/O=Example/CN=upsmon\\/node1'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice    | /O=Example/OU=Admins/CN=alice
            alice    | /o=example/ou=ADMINS/cn=Alice
            alice    | O = Example, OU = Admins, CN = alice
            alice    | 2.5.4.10=Example,OU=Admins,commonName=alice
            alice    | alice
            comma    | /O=Example/OU=Admins,CN=alice
            comma    | O=Example,OU=Admins\\,CN=alice
            text     | /O=Guest/CN=\\/O=Example\\/OU=Admins\\/CN=alice
            joined   | /O=Example/CN=alice+OU=Admins
            joined   | O=Example,OU=Admins+CN=alice
            plus     | /O=Example/CN=a\\+OU=b
            more     | /O=Guest/O=Example/OU=Admins/CN=alice
            mail     | /O=Example/CN=alice/emailAddress=alice@example.org
            node     | node1.example.org
            node     | 10.0.0.1
            node     | 2001:db8:0:0::1
            service  | /O=Example/CN=upsmon/node1
            """)
    void aUserIsNamedByItsOwnCertificate(String file, String wanted) throws IOException {
        assertThat(CertificateName.isUser(certificate(file), wanted)).isTrue();
        assertThat(CertificateName.matches(certificate(file), wanted)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "comma", "reversed", "joined", "more", "two", "mail", "service"})
    void nobodyIsAliceByTheTextOfASubject(String file) throws IOException {
        assertThat(CertificateName.isUser(certificate(file), ALICE)).isFalse();
        assertThat(CertificateName.matches(certificate(file), ALICE)).isFalse();
        assertThat(CertificateName.isUser(certificate(file), "O=Example,OU=Admins,CN=alice"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plus     | /O=Example/CN=a+OU=b
            two      | alice
            two      | bob
            kelvin   | kim
            dotless  | admin
            alice    | /O=Example/OU=Admins
            alice    | /nonsense
            alice    | =
            alice    | /
            star     | node1.example.org
            star     | *.example.org
            stars    | *.example.org
            stars    | /O=Example/CN=*.example.org
            stars    | node1.example.org
            node     | 10.0.0.2
            """)
    void noUserIs(String file, String wanted) throws IOException {
        assertThat(CertificateName.isUser(certificate(file), wanted)).isFalse();
    }

    @Test
    void aNameThatCanBeNobodysIsExplained() {
        assertThat(CertificateName.fault("/nonsense"))
                .hasValueSatisfying(why -> assertThat(why).startsWith("it is no subject"));
        assertThat(CertificateName.fault("*.example.org")).hasValue("a name with a star is nobody's");
        assertThat(CertificateName.fault(ALICE)).isEmpty();
        assertThat(CertificateName.fault("alice")).isEmpty();
    }

    @Test
    void aStarIsForHostsOnlyAndForNoPartOfAnAddress() throws IOException {
        X509Certificate star = certificate("star");
        assertThat(CertificateName.isHost(star, "node1.example.org")).isTrue();
        assertThat(CertificateName.matches(star, "NODE1.example.org")).isTrue();
        assertThat(CertificateName.isHost(star, "a.node1.example.org")).isFalse();
        assertThat(CertificateName.isHost(star, "example.org")).isFalse();
        X509Certificate node = certificate("node");
        assertThat(CertificateName.isHost(node, "2001:DB8::1")).isTrue();
        assertThat(CertificateName.isHost(node, "10.0.0.1")).isTrue();
        assertThat(CertificateName.isHost(node, "x"))
                .as("a common name beside others")
                .isFalse();
    }

    private static X509Certificate certificate(String file) throws IOException {
        return Pem.read(directory.resolve(file)).certificates().get(0);
    }
}
