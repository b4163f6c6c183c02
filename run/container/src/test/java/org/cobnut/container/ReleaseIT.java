package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people download, and how they check it, with keys made for the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReleaseIT {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("cobnut.distribution"));
    private static final Path PACK =
            DISTRIBUTION.resolve("../../run/release/pack").normalize();
    private static final String EPOCH = "1767225600";

    @TempDir
    private Path directory;

    @Test
    void isTheSameTwiceAndPassesEveryCheckThatUsersAreTold() throws Exception {
        var keys = keys();
        // Java notes the time in a signature of a bundle.
        var archives = Map.of("COBNUT_RELEASE_KEY", keys.get("COBNUT_RELEASE_KEY"));
        Path first = pack("first", archives);
        Path second = pack("second", archives);
        for (var name :
                List.of("cobnut-9.9.tar.gz", "cobnut-9.9.zip", "cobnut-9.9.cdx.json", "cobnut-9.9-features.tar.gz")) {
            assertThat(first.resolve(name)).hasSameBinaryContentAs(second.resolve(name));
            assertThat(run(first, "sha256sum", "-c", name + ".sha256")).contains(name + ": OK");
            assertThat(run(first, "md5sum", "-c", name + ".md5")).contains(name + ": OK");
            assertThat(run(first, "shasum", "-a", "256", "-c", name + ".sha256"))
                    .contains(name + ": OK");
            String sum = Files.readString(first.resolve(name + ".sha256")).split(" ")[0];
            assertThat(run(first, "openssl", "dgst", "-sha256", name)).contains(sum);
            verify(first, name);
        }
        assertThat(first.resolve("cobnut-9.9.cdx.json"))
                .content()
                .contains("CycloneDX", "pkg:maven/io.netty/netty-transport");
        unpacked(pack("signed", keys));
    }

    @Test
    void isCheckedAgainstPublishedAdvisories() throws Exception {
        Path parts = DISTRIBUTION.resolve("lib/cobnut.cdx.json");
        assertThat(parts).content().contains("pkg:npm/jquery@", "pkg:maven/org.eclipse.jetty/jetty-server@");
        Path list = directory.resolve("advisories.json");
        String one = """
                {"id": "GHSA-x", "summary": "a hole", "affected": [{"package": {"ecosystem": "%s", "name": "%s"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "%s"}]}]}]}
                """;
        Files.writeString(list, "[" + one.formatted("Maven", "org.eclipse.jetty:jetty-server", "12.0.33") + "]");
        assertThat(advisories(parts, list)).startsWith("0 ").contains(" 0 that apply");
        Files.writeString(list, "[" + one.formatted("npm", "jquery", "99.0.0") + "]");
        assertThat(advisories(parts, list)).startsWith("1 jquery ").contains("GHSA-x (a hole)");
        Files.writeString(list, one.formatted("Maven", "io.netty:netty-handler", "99.0.0.Final"));
        assertThat(advisories(parts, list)).startsWith("1 io.netty:netty-handler ");
        Files.writeString(list, "{}");
        assertThat(advisories(parts, list)).startsWith("2 ").contains("holds no advisory in the form of OSV");
    }

    /** Its exit code and what it says. */
    private String advisories(Path parts, Path list) throws Exception {
        var program = new ProcessBuilder(
                        PACK.resolveSibling("advisories").toString(), parts.toString(), list.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return program.waitFor() + " " + said;
    }

    private void verify(Path release, String name) throws Exception {
        Path home = Files.createDirectories(directory.resolve("reader"));
        var reader = Map.of("GNUPGHOME", home.toString());
        run(release, reader, "gpg", "--batch", "--quiet", "--import", "KEYS");
        assertThat(run(release, reader, "gpg", "--batch", "--verify", name + ".sig", name))
                .contains("Good signature");
        Path forged = Files.write(directory.resolve("forged"), new byte[] {1});
        var gpg = new ProcessBuilder("gpg", "--batch", "--verify", name + ".sig", forged.toString())
                .directory(release.toFile())
                .redirectErrorStream(true);
        gpg.environment().putAll(reader);
        Process refused = gpg.start();
        refused.getInputStream().readAllBytes();
        assertThat(refused.waitFor()).as("a forged archive").isNotZero();
    }

    /** Both archives hold the same, nothing of a run is in them, and every bundle of ours is signed. */
    private void unpacked(Path release) throws Exception {
        Path tar = Files.createDirectories(directory.resolve("tar"));
        Path zip = Files.createDirectories(directory.resolve("zip"));
        run(tar, "tar", "-xzf", release.resolve("cobnut-9.9.tar.gz").toString());
        run(zip, jdk("jar"), "-xf", release.resolve("cobnut-9.9.zip").toString());
        run(directory, "diff", "-r", tar.toString(), zip.toString());
        Path home = tar.resolve("cobnut-9.9");
        assertThat(home.resolve("state")).doesNotExist();
        for (String page :
                List.of("docs/install.md", "man/man1/nutctl.1", "man/man5/upsd.conf.5", "man/man8/usbhid-ups.8"))
            assertThat(home.resolve(page)).isNotEmptyFile();
        assertThat(home.resolve("etc/vendors/cobnut.pem")).exists();
        assertThat(run(
                        tar,
                        "tar",
                        "-tzf",
                        release.resolve("cobnut-9.9-features.tar.gz").toString()))
                .contains("-features.xml", "org/cobnut/cobnut.upsd/", "io/netty/netty-transport/", "com/fazecast/");
        try (var jars = Files.newDirectoryStream(home.resolve("drivers"), "*.jar")) {
            for (var jar : jars)
                assertThat(run(home, jdk("jarsigner"), "-verify", jar.toString()))
                        .contains("jar verified");
        }
        assertThat(run(home, home.resolve("bin/cobnut").toString(), "version")).startsWith("Cobnut ");
    }

    private Map<String, String> keys() throws Exception {
        Path store = directory.resolve("bundles.p12");
        run(
                directory,
                jdk("keytool"),
                "-genkeypair",
                "-alias",
                "cobnut",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=test",
                "-keystore",
                store.toString(),
                "-storepass",
                "testing",
                "-storetype",
                "PKCS12");
        Path home = Files.createDirectories(directory.resolve("maker"));
        var maker = Map.of("GNUPGHOME", home.toString());
        run(
                directory,
                maker,
                "gpg",
                "--batch",
                "--quiet",
                "--passphrase",
                "",
                "--quick-generate-key",
                "test@example.org");
        Path secret = directory.resolve("secret.asc");
        run(directory, maker, "gpg", "--batch", "--armor", "--output", secret.toString(), "--export-secret-keys");
        return Map.of(
                "COBNUT_JAR_KEYSTORE", store.toString(),
                "COBNUT_JAR_PASSWORD", "testing",
                "COBNUT_RELEASE_KEY", secret.toString());
    }

    private Path pack(String name, Map<String, String> keys) throws Exception {
        Path out = directory.resolve(name);
        run(directory, keys, PACK.toString(), DISTRIBUTION.toString(), "9.9", EPOCH, out.toString());
        return out;
    }

    private static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static String run(Path directory, String... command) throws Exception {
        return run(directory, Map.of(), command);
    }

    private static String run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(command));
        var builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", words, said).isZero();
        return said;
    }
}
