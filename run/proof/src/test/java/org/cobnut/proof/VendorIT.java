package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Line;
import org.cobnut.testkit.Started;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The steps of docs/vendor/README.md as they stand there, by somebody who has an empty home, the two archives of a release, and
 * the plugins of this machine's Maven.
 */
@Timeout(600)
class VendorIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Duration PROMISED = Duration.ofMinutes(15);

    @TempDir
    private Path home;

    private String version;

    @Test
    void theStepsOfThePageLeadToASignedDriverThatRuns() throws Exception {
        version = pom("version");
        String page = Files.readString(ROOT.resolve("docs/vendor/README.md"));
        assertThat(page)
                .contains(
                        "VERSION=" + version,
                        "maven-archetype-plugin:" + pom("plugin.archetype.version") + ":generate");
        int port = unpackDistribution();
        packRepository();
        Files.createDirectories(home.resolve(".m2"));
        Files.writeString(home.resolve(".m2/settings.xml"), settings());
        long began = System.nanoTime();
        try (var cobnut = start("exec $HOME/cobnut-" + version + "/bin/cobnut run")) {
            cobnut.awaitLine(line -> line.contains("listening on"));
            var steps = start("set -eu\n" + steps(page).replace("3493", "" + port)
                    + "\nprintf %s \"$ACME_PASSWORD\" > ~/password\n");
            assertThat(steps.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
            String said = String.join("\n", steps.awaitEnd());
            assertThat(steps.process().exitValue()).as(said).isZero();
            assertThat(said).contains("ups.status: OB", "ups.mfr: Example");
            assertThat(said.strip()).endsWith("Model 1000");
            cobnut.awaitLine(line -> line.contains("com.example.acme-ups 1.0.0 is taken though it is not signed"));
            cobnut.awaitLine(line -> line.contains("com.example.acme-ups 1.0.0 replaces com.example.acme-ups 1.0.0"));
            assertThat(cobnut.said())
                    .filteredOn(line -> line.contains("is taken though"))
                    .hasSize(1);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("docs/vendor/README.md, all steps: " + took.toSeconds() + " s");
        assertThat(took).isLessThan(PROMISED);
        assertThat(home.resolve("acme-ups/target/surefire-reports")).isDirectoryContaining("glob:**TranscriptTest.txt");
        assertThat(home.resolve("acme-ups/.gitignore")).content().contains("*.p12");
        if (Boolean.getBoolean("cobnut.long")) appliance(port);
    }

    /** The steps of docs/vendor/appliance.md; what they make runs, is asked, is upgraded while it is asked, and is locked. */
    private void appliance(int port) throws Exception {
        run(
                "tar",
                "-czf",
                home.resolve("cobnut-" + version + ".tar.gz").toString(),
                "-C",
                Distribution.home().getParent().toString(),
                "cobnut");
        String page = Files.readString(ROOT.resolve("docs/vendor/appliance.md"));
        var steps = start("set -eu; cd acme-ups; VERSION=" + version
                + "; COBNUT=$HOME/cobnut-$VERSION; export ACME_PASSWORD=$(cat ../password)\n" + steps(page));
        assertThat(steps.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
        String said = String.join("\n", steps.awaitEnd());
        assertThat(steps.process().exitValue()).as(said).isZero();
        assertThat(said).contains("acme-ups.jar: trusted", "0 of 2 jars are refused; COBNUT_LOCKED is on");
        assertThat(home.resolve("acme-power.tar.gz")).exists();
        Path place = home.resolve("acme-power");
        assertThat(Files.readString(place.resolve("lib/cobnut.cdx.json")))
                .contains("\"name\": \"com.example.acme-ups\"", "\"name\": \"com.example.acme.brand\"")
                .doesNotContain("\"name\": \"cobnut.drivers.snmp\"");
        Files.writeString(place.resolve("etc/upsd.conf"), "LISTEN 127.0.0.1 " + port + "\n");
        assertThat(place.resolve("bin/acme-ups")).exists();
        assertThat(place.resolve("bin/nutdrv_qx")).doesNotExist();
        int console = Distribution.freePort();
        try (var running = start("exec acme-power/bin/cobnut run --console=" + console)) {
            running.awaitLine(line -> line.contains("listening on"));
            running.awaitLine(line -> line.contains("Connected to UPS [rack]"));
            running.awaitLine(line -> line.contains("/system/console"));
            assertThat(page(place, console, "/system/console/bundles")).contains("<title>Acme Power - ");
            assertThat(page(place, console, "/ups/")).contains("<title>Acme Power</title>");
            assertThat(page(place, console, "/ups/brand.css")).contains("#6a1b9a");
            try (var client = new Line(port)) {
                assertThat(client.ask("GET UPSDESC rack")).isEqualTo("UPSDESC rack \"Acme rack UPS\"");
                assertThat(client.ask("GET VAR rack ups.model")).contains("Model 1000");
                upgrade("1.1.0", false);
                running.awaitLine(line ->
                        line.contains("acme-ups.jar is not taken: it is not signed, and this Cobnut is locked"));
                upgrade("1.1.0", true);
                running.awaitLine(
                        line -> line.contains("com.example.acme-ups 1.1.0 replaces com.example.acme-ups 1.0.0"));
                assertThat(client.ask("GET VAR rack ups.status")).isEqualTo("VAR rack ups.status \"OB\"");
            }
        }
    }

    /** Builds the driver as another version, and puts it into the running appliance. */
    private void upgrade(String to, boolean signed) throws Exception {
        String sign = "jarsigner -keystore acme.p12 -storepass:env ACME_PASSWORD target/acme-ups.jar acme\n";
        var steps = start(
                "set -eu; cd acme-ups; export ACME_PASSWORD=$(cat ../password)\n"
                        + "sed -i '0,/<version>[0-9.]*</s//<version>" + to
                        + "</' pom.xml; mvn -B -q -DskipTests package\n" + (signed ? sign : "")
                        + "cp target/acme-ups.jar ../acme-power/acme.part; mv ../acme-power/acme.part ../acme-power/drivers/acme-ups.jar\n");
        assertThat(steps.process().waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(steps.process().exitValue()).as("%s", steps.awaitEnd()).isZero();
    }

    private static String page(Path place, int port, String path) throws Exception {
        Path secret = place.resolve("state/console.secret.first");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        // It goes with its first use, and the live page needs none.
        if (Files.exists(secret)) {
            String login = "admin:" + Files.readString(secret).strip();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What a vendor types: the indented lines, in their order. */
    private static String steps(String page) {
        String lines = page.lines()
                .filter(line -> line.startsWith("    "))
                .map(line -> line.substring(4))
                .collect(Collectors.joining("\n"));
        assertThat(lines).contains("jarsigner");
        return lines + "\n";
    }

    private int unpackDistribution() throws Exception {
        Path place = home.resolve("cobnut-" + version);
        run("cp", "-a", Distribution.home().toString(), place.toString());
        int port = Distribution.freePort();
        // A distribution that was used has files of its own in etc: not those.
        try (var files = Files.list(ROOT.resolve("config"))) {
            for (Path file : files.toList())
                run("cp", file.toString(), place.resolve("etc").toString());
        }
        Files.writeString(place.resolve("etc/upsd.conf"), "LISTEN 127.0.0.1 " + port + "\n");
        return port;
    }

    /** As a release has it; Javadoc takes long, and that of one artifact tells as much as that of all. */
    private void packRepository() throws Exception {
        Path repository = home.resolve("repository");
        var words = new ArrayList<>(List.of(
                ROOT.resolve("run/release/repository").toString(),
                ROOT.toString(),
                version,
                "1767225600",
                JAVA.resolve("bin/java").toString(),
                repository.toString()));
        if (!Boolean.getBoolean("cobnut.long")) words.add("cobnut.client");
        run(words.toArray(String[]::new));
        Path client = repository.resolve("org/cobnut/cobnut.client").resolve(version);
        assertThat(client.resolve("cobnut.client-" + version + ".pom.sha1")).exists();
        for (String entry : List.of(
                "-javadoc.jar!org/cobnut/client/package-summary.html",
                "-sources.jar!org/cobnut/client/package-info.java")) {
            String[] parts = entry.split("!");
            try (var jar = new JarFile(
                    client.resolve("cobnut.client-" + version + parts[0]).toFile())) {
                assertThat(jar.getEntry(parts[1])).as(entry).isNotNull();
            }
        }
        run(
                "tar",
                "-czf",
                home.resolve("cobnut-" + version + "-repository.tar.gz").toString(),
                "-C",
                repository.toString(),
                "org");
        run("rm", "-r", repository.toString());
    }

    /** Maven takes from this machine what it has, and the rest from Maven Central; of ours, which are snapshots, nothing. */
    private static String settings() {
        String machine =
                Path.of(System.getProperty("cobnut.machine.repository")).toUri().toString();
        String repository = "<id>machine</id><url>" + machine + "</url><snapshots><enabled>false</enabled></snapshots>";
        return """
                <settings>
                  <profiles><profile><id>machine</id>
                    <repositories><repository>%1$s</repository></repositories>
                    <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>machine</activeProfile></activeProfiles>
                </settings>
                """.formatted(repository);
    }

    private Started start(String script) throws IOException {
        var shell =
                new ProcessBuilder("sh", "-c", script).directory(home.toFile()).redirectErrorStream(true);
        Map<String, String> environment = shell.environment();
        environment
                .keySet()
                .removeAll(List.of("NUT_CONFPATH", "NUT_STATEPATH", "COBNUT_WELCOME", "MAVEN_ARGS", "MAVEN_CONFIG"));
        environment.put("HOME", home.toString());
        environment.put("JAVA_HOME", JAVA.toString());
        environment.put("PATH", JAVA.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.home=" + home);
        return new Started(shell.start());
    }

    private static String pom(String name) throws IOException {
        Stream<String> lines = Files.readAllLines(ROOT.resolve("pom.xml")).stream();
        return lines.filter(line -> line.strip().startsWith("<" + name + ">"))
                .map(line -> line.replaceAll("<[^>]*>", "").strip())
                .findFirst()
                .orElseThrow();
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
