package org.cobnut.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NutAuthTest {
    @TempDir
    Path dir;

    private final List<String> warnings = new ArrayList<>();

    private static final String FILE = """
            USER = everybody
            CERTVERIFY = off
            certpath = "/etc/my certs"
            [@box]
                user = admin
                PASS = "s\\#1"
            [bob@BOX]
                user = ignored
                password = bobs
                FORCESSL = yes
            [carol@other:4000]
                pass = carols
            [:3494]
                username = here
            [[fe80::1]:3495]
                user = six
            [@services:nut]
                user = by.name
            [_global_defaults]
                CERTHOST = any
            """;

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            u@box,           -,     admin,     s#1
            u@BOX,           admin, admin,     s#1
            u@box,           bob,   bob,       bobs
            u@box,           eve,   eve,       -
            u@box:4000,      -,     everybody, -
            u@other:4000,    -,     carol,     carols
            u@localhost:3494,-,     here,      -
            u@[fe80::1]:3495,-,     six,       -
            u@services,      -,     by.name,   -
            u@nowhere,       -,     everybody, -
            """)
    void findsWhoAClientIs(String address, String asked, String user, String password) throws IOException {
        Auth auth = load(FILE).of(Address.of(address), Optional.ofNullable(asked));
        assertThat(auth.user()).isEqualTo(Optional.ofNullable(user));
        assertThat(auth.password()).isEqualTo(Optional.ofNullable(password));
        assertThat(auth.toString()).doesNotContain("s#1").doesNotContain("bobs");
    }

    /** A line of config/nutauth.conf.sample works as soon as its "#" is away. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            u@elsewhere,       -,        viewer,   secret-of-viewer
            u@box,             -,        admin,    secret-of-admin
            u@box:3494,        operator, operator, secret-of-operator
            """)
    void theSampleSaysWhatItExplains(String address, String asked, String user, String password) throws IOException {
        String sample = Files.readString(Path.of("../../config/nutauth.conf.sample"));
        NutAuth file = load(sample.replaceAll("(?m)^# (?= *[A-Z]+ = |\\[)", ""));
        Auth auth = file.of(Address.of(address), Optional.ofNullable(asked));
        assertThat(auth.user()).isEqualTo(Optional.of(user));
        assertThat(auth.password()).isEqualTo(Optional.of(password));
        assertThat(file.of(Address.of("u@ups.example.org"), Optional.empty())
                        .tls()
                        .forceSsl())
                .contains(true);
    }

    @Test
    void inheritsFromTheHostAndFromAll() throws IOException {
        NutAuth file = load(FILE);
        Auth.Tls bob = file.of(Address.of("u@box"), Optional.of("bob")).tls();
        assertThat(bob.forceSsl()).contains(true);
        assertThat(bob.certVerify()).contains(false);
        assertThat(bob.certPath()).contains("/etc/my certs");
        assertThat(bob.certHost()).contains("any");
        assertThat(bob.certFile()).isEmpty();
        assertThat(file.of(Address.of("u@box"), Optional.empty()).tls().forceSsl())
                .isEmpty();
    }

    @Test
    void includesFilesIntoTheSectionThatNamesThem() throws IOException {
        write(
                "more.conf",
                "PASS = more\n[@box]\nCERTHOST = box\n[@other]\nCERTHOST = never\n[_global_defaults]\nUSER = never\n");
        NutAuth file = load("[@box]\nUSER = a\nINCLUDE more.conf\nINCLUDE nothing.conf\n[@other]\nUSER = b\n");
        Auth box = file.of(Address.of("u@box"), Optional.empty());
        assertThat(box.password()).contains("more");
        assertThat(box.tls().certHost()).contains("box");
        assertThat(file.of(Address.of("u@other"), Optional.empty()).tls().certHost())
                .isEmpty();
        assertThat(file.of(Address.of("u@third"), Optional.empty()).user()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PASS = secret more               | nutauth.conf:2: KEY = VALUE is wanted
            secret                           | nutauth.conf:2: KEY = VALUE is wanted
            PASSWORT = secret                | nutauth.conf:2: unknown key 'PASSWORT'
            FORCESSL = secret                | nutauth.conf:2: FORCESSL wants on, yes or 1
            [@box:no-such-service]           | nutauth.conf:2: not a section
            [@box:70000]                     | nutauth.conf:2: not a section
            INCLUDE_REQUIRED gone.conf       | nutauth.conf:2:
            INCLUDE nutauth.conf             | nutauth.conf:2: files include each other
            """)
    void saysFileAndLineOfAMistakeAndNoSecret(String line, String reason) {
        assertThatThrownBy(() -> load("# comment\n" + line + "\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    @Test
    void looksWhereNutLooks() throws IOException {
        Path home = Files.createDirectories(dir.resolve("home"));
        Path conf = Files.createDirectories(dir.resolve("conf"));
        assertThatThrownBy(() -> NutAuth.load("default", Map.of(), conf, warnings::add))
                .isInstanceOf(IOException.class);
        assertThat(who("", Map.of("HOME", home.toString()), conf)).isEmpty();
        write("conf/nutauth.conf", "USER = conf");
        assertThat(who("", Map.of("HOME", home.toString()), conf)).contains("conf");
        write("home/.nutauth.conf", "USER = home");
        assertThat(who("", Map.of("HOME", home.toString()), conf)).contains("home");
        Files.createDirectories(home.resolve(".config/nut"));
        write("home/.config/nut/nutauth.conf", "USER = config");
        assertThat(who("default", Map.of("HOME", home.toString()), conf)).contains("config");
        write("nutauth.conf", "USER = path");
        var path = Map.of("HOME", home.toString(), "NUT_AUTHCONF_PATH", dir.toString());
        assertThat(who("", path, conf)).contains("path");
        var file = Map.of(
                "NUT_AUTHCONF_FILE", conf.resolve("nutauth.conf").toString(), "NUT_AUTHCONF_PATH", dir.toString());
        assertThat(who("", file, conf)).contains("conf");
        assertThat(who(home.resolve(".nutauth.conf").toString(), file, conf)).contains("home");
        assertThat(who("none", file, conf)).isEmpty();
    }

    @Test
    void passesOverAFileOfTheEnvironmentThatIsNotThere() throws IOException {
        write("nutauth.conf", "USER = x");
        var gone = Map.of("NUT_AUTHCONF_FILE", dir.resolve("gone").toString());
        assertThat(who("", gone, dir)).contains("x");
        assertThat(who("", gone, dir.resolve("nowhere"))).isEmpty();
    }

    @Test
    void takesASwitchOfMinusOneAsUnsaid() throws IOException {
        NutAuth auth = load("CERTVERIFY = 1\nFORCESSL = -1\n[@anywhere]\nCERTVERIFY = -1\nFORCESSL = 0\n");
        Auth.Tls tls = auth.of(Address.of("u@anywhere"), Optional.empty()).tls();
        assertThat(tls.certVerify()).contains(true);
        assertThat(tls.forceSsl()).contains(false);
        assertThat(auth.of(Address.of("u@elsewhere"), Optional.empty()).tls().forceSsl())
                .isEmpty();
    }

    @Test
    void warnsOfAFileThatTheWorldMayRead() throws IOException {
        load("USER = x");
        assertThat(warnings).isEmpty();
        Files.setPosixFilePermissions(dir.resolve("nutauth.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        NutAuth.load(dir.resolve("nutauth.conf").toString(), Map.of(), dir, warnings::add);
        assertThat(warnings).singleElement().asString().contains("is world readable");
    }

    private Optional<String> who(String which, Map<String, String> environment, Path conf) throws IOException {
        return NutAuth.load(which, environment, conf, warnings::add)
                .of(Address.of("u@anywhere"), Optional.empty())
                .user();
    }

    private NutAuth load(String text) throws IOException {
        write("nutauth.conf", text);
        return NutAuth.load(dir.resolve("nutauth.conf").toString(), Map.of(), dir, warnings::add);
    }

    private void write(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
