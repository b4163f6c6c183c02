package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.cobnut.testkit.Started;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The bundles of the distribution in runtimes that know nothing of our launcher, started from the feature files. */
@Timeout(300)
class ElsewhereIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");
    private static final String VERSION = "9.9";
    private static final String FEATURES = "org/cobnut/cobnut-features/9.9/cobnut-features-9.9";
    private static final String KARAF = "4.4.8";
    private static final String KARAF_SHA256 = "1e13846eb3f632091f8dcc9068c53f6ddf7410147757bcca61c4addd187d694e";

    @TempDir
    private Path directory;

    private Path repository;
    private Path conf;
    private int port;

    @BeforeEach
    void begin() throws Exception {
        repository = directory.resolve("repository");
        run(
                ROOT.resolve("run/release/features").toString(),
                Distribution.home().toString(),
                VERSION,
                JAVA.toString(),
                repository.toString());
        conf = Files.createDirectory(directory.resolve("nut"));
        port = Distribution.freePort();
        Files.writeString(conf.resolve("upsd.conf"), "LISTEN 127.0.0.1 " + port + "\n");
        Files.writeString(conf.resolve("upsd.users"), "[mon]\n password = secret\n upsmon primary\n");
        Files.writeString(
                conf.resolve("upsmon.conf"),
                "MONITOR demo@127.0.0.1:%d 1 mon secret primary\nSHUTDOWNCMD /bin/true\n".formatted(port));
        Files.writeString(conf.resolve("ups.conf"), "[demo]\n driver = dummy-ups\n port = demo.dev\n");
        Files.writeString(conf.resolve("demo.dev"), "ups.status: OL\nups.mfr: Demo\n");
    }

    @Test
    void aBareFelixServesFromTheFeatureFileOfOsgi() throws Exception {
        Path state = Files.createDirectory(directory.resolve("state"));
        var words = List.of(
                JAVA.toString(),
                "-cp",
                Distribution.home().resolve("lib/felix.jar").toString(),
                Path.of("src/test/resources/elsewhere/BareFelix.java").toString(),
                repository.resolve(FEATURES + "-osgifeature.json").toString(),
                repository.toString(),
                conf.toString(),
                state.toString());
        try (var felix =
                new Started(new ProcessBuilder(words).redirectErrorStream(true).start())) {
            felix.awaitLine(line -> line.endsWith(" bundles run"));
            answers(felix);
            // An edit counts here as well.
            Files.writeString(conf.resolve("demo.dev"), "ups.status: OB\n");
            await("OB", felix);
        }
    }

    /** It is 28 MB from Maven Central. */
    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void aStockKarafServesAfterFeatureInstall() throws Exception {
        Path archive = Path.of("target/apache-karaf-minimal-" + KARAF + ".tar.gz");
        if (!Files.exists(archive)) {
            Files.createDirectories(archive.getParent());
            try (var in = URI.create("https://repo.maven.apache.org/maven2/org/apache/karaf/apache-karaf-minimal/"
                            + KARAF + "/" + archive.getFileName())
                    .toURL()
                    .openStream()) {
                Files.copy(in, archive);
            }
        }
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive))))
                .isEqualTo(KARAF_SHA256);
        run("tar", "-xzf", archive.toString(), "-C", directory.toString());
        Path karaf = directory.resolve("apache-karaf-minimal-" + KARAF);
        run("cp", "-R", repository + "/.", karaf.resolve("system").toString());
        // Nothing comes from elsewhere.
        Files.writeString(
                karaf.resolve("etc/org.ops4j.pax.url.mvn.cfg"),
                "\norg.ops4j.pax.url.mvn.repositories =\norg.ops4j.pax.url.mvn.localRepository = %s\n"
                        .formatted(Files.createDirectory(directory.resolve("maven"))),
                StandardOpenOption.APPEND);
        Path state = Files.createDirectory(directory.resolve("state"));
        Files.writeString(
                karaf.resolve("etc/system.properties"),
                "cobnut.confpath = %s\ncobnut.statepath = %s\n".formatted(conf, state),
                StandardOpenOption.APPEND);
        var builder = new ProcessBuilder(karaf.resolve("bin/karaf").toString()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", JAVA.getParent().getParent().toString());
        Process process = builder.start();
        try (var console = new Started(process)) {
            serves(process.getOutputStream(), console);
        }
    }

    private void serves(OutputStream shell, Started console) throws Exception {
        try {
            // The prompt is there before all commands are.
            for (int tries = 0;
                    console.said().stream().noneMatch(line -> line.contains("Adding feature url"));
                    tries++) {
                assertThat(tries).as("%s", console.said()).isLessThan(30);
                type(shell, "feature:repo-add mvn:org.cobnut/cobnut-features/" + VERSION + "/xml/features");
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            }
            type(shell, "feature:install cobnut");
            answers(console);
            Files.writeString(conf.resolve("ups.conf"), "[demo]\n driver = dummy-ups\n port = other.dev\n");
            Files.writeString(conf.resolve("other.dev"), "ups.status: OB\n");
            await("OB", console);
            type(shell, "feature:install cobnut-upsmon");
            await("GET NUMLOGINS demo", "NUMLOGINS demo 1", console);
        } finally {
            // Java is a child of the script.
            for (ProcessHandle java : console.process().descendants().toList()) {
                java.destroyForcibly();
                java.onExit().get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static void type(OutputStream shell, String line) throws IOException {
        shell.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        shell.flush();
    }

    /** As upsc of the distribution sees it. */
    private void answers(Started runtime) throws Exception {
        await("OL", runtime);
        var upsc = new ProcessBuilder(CobnutServer.program("upsc"), "demo@127.0.0.1:" + port).redirectErrorStream(true);
        try (var client = new Started(upsc.start())) {
            assertThat(client.awaitEnd()).contains("ups.mfr: Demo", "ups.status: OL");
        }
    }

    private void await(String status, Started runtime) {
        await("GET VAR demo ups.status", "VAR demo ups.status \"" + status + "\"", runtime);
    }

    private void await(String request, String wanted, Started runtime) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        for (String answer = ask(request); !wanted.equals(answer); answer = ask(request)) {
            assertThat(System.nanoTime())
                    .as("%s\n%s", answer, String.join("\n", runtime.said()))
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private String ask(String request) {
        try (var line = new Line(port)) {
            return String.valueOf(line.ask(request));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void run(String... words) throws Exception {
        try (var started =
                new Started(new ProcessBuilder(words).redirectErrorStream(true).start())) {
            List<String> said = started.awaitEnd();
            assertThat(started.process().exitValue())
                    .as("%s: %s", Arrays.toString(words), said)
                    .isZero();
        }
    }
}
