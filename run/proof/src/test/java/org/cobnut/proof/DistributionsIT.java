package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Jars;
import org.cobnut.testkit.Line;
import org.cobnut.testkit.Signer;
import org.cobnut.testkit.Started;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The distributions that ./cobnut dist makes: each is started and used, and has the list of its own parts. */
@Timeout(240)
class DistributionsIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final Path UPS = ROOT.resolve("drivers-bundles/megatec/src/test/resources");

    @TempDir
    private Path directory;

    private final int port;

    DistributionsIT() throws IOException {
        port = Distribution.freePort();
    }

    /** It takes half a minute of processor time; the other test has the parts of base, too. */
    @Test
    @EnabledIfSystemProperty(named = "cobnut.long", matches = "true")
    void theNetclientWatchesWhatTheBaseServesWithADriverOfItsOwn() throws Exception {
        Path client = made("netclient", Map.of());
        assertThat(client.resolve("bin/upsd")).doesNotExist();
        lists(client, List.of("cobnut-netclient", "cobnut.upsmon", "logback-core"), List.of("cobnut.upsd", "snmp4j"));
        // The list of a vendor: ours, and a bundle more.
        Path list = Files.writeString(
                directory.resolve("acme.bndrun"),
                "-include: " + ROOT.resolve("run/base.bndrun")
                        + "\n-runbundles.acme: cobnut.drivers.sim;version=latest\n");
        Path base = made(list.toString(), Map.of());
        assertThat(base.resolve("bin/dummy-ups")).exists();
        assertThat(base.resolve("bin/nutdrv_qx")).doesNotExist();
        assertThat(base.resolve("bin/nut-scanner")).doesNotExist();
        lists(base, List.of("cobnut-acme", "cobnut.drivers.sim"), List.of("cobnut.drivers.megatec", "jetty-server"));
        file(base, "upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        file(base, "upsd.users", "[mon]\n password = secret\n upsmon secondary\n");
        file(client, "upsmon.conf", """
                MONITOR demo@127.0.0.1:%d 1 mon secret secondary
                SHUTDOWNCMD /bin/true
                """.formatted(port));
        try (var server = start(base, "cobnut", "run")) {
            server.awaitLine(line -> line.contains("Connected to UPS [demo]"));
            try (var upsc = start(client, "upsc", "demo@127.0.0.1:" + port, "ups.status")) {
                assertThat(upsc.awaitEnd()).last().asString().contains("OL");
            }
            try (var upsmon = start(client, "upsmon", "-F", "-p");
                    var line = new Line(port)) {
                for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
                        !line.list("LIST CLIENT demo").equals(List.of("CLIENT demo 127.0.0.1")); ) {
                    assertThat(System.nanoTime()).as("%s", upsmon.said()).isLessThan(end);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            }
        }
    }

    @Test
    void theApplianceHasItsVendorsNameDriversDefaultsAndKeyAndNoOthers() throws Exception {
        var acme = new Signer(directory, "acme");
        Path home = made(
                "appliance",
                Map.of(
                        "COBNUT_JAR_KEYSTORE",
                        directory.resolve("acme.p12").toString(),
                        "COBNUT_JAR_PASSWORD",
                        "testing"));
        lists(home, List.of("cobnut.appliance", "jetty-server", "jquery"), List.of("cobnut.drivers.snmp", "snmp4j"));
        assertThat(Files.readString(home.resolve("etc/ups.conf"))).contains("Example Power UPS");
        assertThat(home.resolve("bin/nutdrv_qx")).exists();
        assertThat(home.resolve("bin/snmp-ups")).doesNotExist();
        try (var check = start(home, "nutctl", "trust", "check")) {
            assertThat(check.awaitEnd())
                    .contains("cobnut.drivers.megatec.jar: trusted")
                    .last()
                    .asString()
                    .startsWith("0 of 1 jars are refused; COBNUT_LOCKED is on in ");
        }
        file(home, "upsd.conf", "LISTEN 127.0.0.1 " + port + "\n");
        Path tty = directory.resolve("tty");
        int console = Distribution.freePort();
        Process ups = new ProcessBuilder("python3", UPS + "/ups.py", tty.toString(), UPS + "/dialects/megatec.txt")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var reader = ups.inputReader()) {
            assertThat(reader.readLine()).isEqualTo("ready");
            file(home, "ups.conf", "[ups]\n driver = nutdrv_qx\n protocol = megatec\n port = " + tty + "\n");
            try (var running = start(home, "cobnut", "run", "--console=" + console)) {
                running.awaitLine(line -> line.contains("Connected to UPS [ups]"));
                running.awaitLine(line -> line.contains("web console on"));
                assertThat(get(console, "ups/")).contains("<title>Example Power</title>", "href=\"/ups/brand.css\"");
                assertThat(get(console, "ups/brand.svg")).contains("<svg");
                assertThat(get(console, "ups/brand.css")).contains("url(brand.svg)");
                try (var client = new Line(port)) {
                    drop(home, Jars.bundle("acme.more", "1.0.0"));
                    running.awaitLine(line ->
                            line.contains("more.jar is not taken: it is not signed, and this Cobnut is locked"));
                    drop(home, acme.sign(Jars.bundle("acme.more", "1.0.0")));
                    running.awaitLine(line -> line.contains("more.jar: acme.more 1.0.0 runs"));
                    assertThat(client.ask("GET VAR ups ups.status")).isEqualTo("VAR ups ups.status \"OL\"");
                }
            }
        } finally {
            ups.destroyForcibly();
        }
    }

    private static void drop(Path home, byte[] jar) throws IOException {
        Path part = Files.write(home.resolve("drivers/more.part"), jar);
        Files.move(part, home.resolve("drivers/more.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String get(int console, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s".formatted(console, path)))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Makes it as ./cobnut dist does. */
    private Path made(String name, Map<String, String> environment) throws Exception {
        Path out = directory.resolve(Path.of(name).getFileName() + ".made");
        var builder = new ProcessBuilder(
                ROOT.resolve("run/distribution").toString(),
                name,
                ROOT.toString(),
                JAVA.resolve("bin/java").toString(),
                out.toString());
        builder.environment().remove("COBNUT_JAR_KEYSTORE");
        builder.environment().putAll(environment);
        try (var made = new Started(builder.redirectErrorStream(true).start())) {
            List<String> said = made.awaitEnd();
            assertThat(made.process().exitValue()).as("%s", said).isZero();
        }
        return out;
    }

    /** Its list of parts has the one and not the other; a build that reached no network has no list. */
    private static void lists(Path home, List<String> some, List<String> others) throws IOException {
        if (!Files.exists(Distribution.home().resolve("lib/cobnut.cdx.json"))) return;
        String list = Files.readString(home.resolve("lib/cobnut.cdx.json"));
        for (String name : some) assertThat(list).contains("\"name\": \"" + name + "\"");
        for (String name : others) assertThat(list).doesNotContain("\"name\": \"" + name + "\"");
    }

    private static void file(Path home, String name, String text) throws Exception {
        Path file = Files.writeString(home.resolve("etc").resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    private static Started start(Path home, String program, String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(home.resolve("bin").resolve(program).toString()));
        words.addAll(List.of(arguments));
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", JAVA.toString());
        environment.put("NUT_CONFPATH", home.resolve("etc").toString());
        for (String path : List.of("NUT_STATEPATH", "NUT_PIDPATH", "NUT_ALTPIDPATH"))
            environment.put(path, home.resolve("state").toString());
        return new Started(builder.start());
    }
}
