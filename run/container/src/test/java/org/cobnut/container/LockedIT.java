package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cobnut.testkit.Jars.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped distribution, locked, and everybody's ways to run an unsigned jar in it all the same. */
class LockedIT {
    @TempDir
    private static Path directory;

    private static Distribution cobnut;
    private static Console console;
    private static Signer acme;

    @BeforeAll
    static void start() throws Exception {
        int upsd = Distribution.freePort();
        cobnut = Distribution.planted(directory, Map.of("JAVA_HOME", System.getProperty("java.home")))
                .file("nut.conf", "MODE=standalone\nCOBNUT_LOCKED=yes\n")
                .file("upsd.conf", "LISTEN 127.0.0.1 " + upsd + "\n")
                .file("upsd.users", "")
                .file("ups.conf", "[demo]\n driver = dummy-ups\n port = demo.dev\n")
                .file("demo.dev", "ups.status: OL\n");
        acme = new Signer(directory, "acme");
        acme.introduce(cobnut.conf().resolve("vendors"));
        // What a release comes with is signed.
        Path sim = cobnut.drivers().resolve("cobnut.drivers.sim.jar");
        Files.write(sim, acme.sign(Files.readAllBytes(sim)));
        console = Console.start(cobnut, upsd, "Connected to UPS [demo]");
    }

    @AfterAll
    static void stop() throws IOException {
        console.close();
        cobnut.uproot();
    }

    @Test
    void theFolderTakesNoUnsignedJar() throws Exception {
        drop("evil.jar", bundle("evil.folder", "1.0.0"));
        says("evil.jar is not taken: it is not signed, and this Cobnut is locked");
        assertThat(nutctl("drivers")).contains("evil.jar", "not taken: it is not signed");
        drop("good.jar", acme.sign(bundle("good.folder", "1.0.0")));
        says("good.jar: good.folder 1.0.0 runs");
        assertThat(bundles()).contains("good.folder").doesNotContain("evil.folder");
    }

    @Test
    void theConsoleTakesNoneUnderTheNameOfAnInstalledBundle() throws Exception {
        upload("cobnut.upsd.jar", bundle("cobnut.upsd", "9.9.9"));
        upload("evil.jar", bundle("evil.console", "1.0.0"));
        says("evil.jar is not installed: it is not signed");
        // The framework lists a bundle that is refused until it is uninstalled again.
        awaitBundles(list -> !list.contains("evil.console") && !list.contains("9.9.9"));
        assertThat(bundles()).contains("cobnut.upsd");
        upload("good.jar", acme.sign(bundle("good.console", "1.0.0")));
        awaitBundles(list -> list.contains("good.console"));
    }

    private void awaitBundles(Predicate<String> right) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (String list = bundles(); !right.test(list); list = bundles())
            assertThat(System.nanoTime()).as(list).isLessThan(deadline);
    }

    @Test
    void theShellTakesNone() throws Exception {
        Path jar = Files.write(directory.resolve("evil.jar"), bundle("evil.shell", "1.0.0"));
        nutctl("drivers", "install", jar.toString());
        says("evil.shell.jar is not taken: it is not signed, and this Cobnut is locked");
        nutctl("drivers", "update", jar.toString());
        assertThat(bundles()).contains("cobnut.drivers.sim").doesNotContain("evil.shell");
    }

    @Test
    void configurationAdminUnlocksNothing() throws Exception {
        nutctl("config", "cobnut.nut", "cobnut.locked", "false");
        drop("later.jar", bundle("evil.unlocked", "1.0.0"));
        says("later.jar is not taken: it is not signed, and this Cobnut is locked");
        assertThat(bundles()).doesNotContain("evil.unlocked");
    }

    @Test
    void aDriverAloneRunsNoUnsignedJar() throws Exception {
        var environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        var alone = Distribution.planted(Files.createDirectory(directory.resolve("alone")), environment)
                .file("nut.conf", "COBNUT_LOCKED=yes\n")
                .file("ups.conf", "[demo]\n driver = dummy-ups\n port = demo.dev\n")
                .file("demo.dev", "ups.status: OL\n");
        try (var driver = alone.start("dummy-ups", "-F", "-a", "demo")) {
            assertThat(driver.awaitEnd()).anyMatch(line -> line.contains("is not run: it is not signed"));
            assertThat(driver.process().exitValue()).isEqualTo(1);
        } finally {
            alone.uproot();
        }
    }

    @Test
    void theCheckTellsBeforehandWhatALockRefusesAndWhy() throws Exception {
        var open = new Distribution(Files.createDirectory(directory.resolve("open")), Map.of())
                .file("nut.conf", "MODE=standalone\n");
        Path vendors = open.conf().resolve("vendors");
        acme.introduce(vendors);
        Signer member = acme.issue("member");
        Signer stolen = new Signer(directory, "stolen");
        stolen.introduce(vendors);
        byte[] revoked = acme.sign(bundle("of.revoked", "1.0.0"));
        Files.writeString(
                vendors.resolve("revoked"),
                "%s the key was stolen\n%s it switches the load off\n"
                        .formatted(stolen.fingerprint(), sha256(revoked)));
        Path tampered = Files.write(directory.resolve("tampered"), acme.sign(bundle("of.acme", "1.0.0")));
        try (FileSystem jar = FileSystems.newFileSystem(tampered)) {
            Files.writeString(jar.getPath("gadget/data7"), "something else");
        }
        var jars = new TreeMap<>(Map.of(
                "1-good.jar", acme.sign(bundle("of.acme", "1.0.0")),
                "2-member.jar", member.sign(bundle("of.member", "1.0.0")),
                "3-bare.jar", bundle("of.nobody", "1.0.0"),
                "4-stolen.jar", stolen.sign(bundle("of.stolen", "1.0.0")),
                "5-revoked.jar", revoked,
                "6-tampered.jar", Files.readAllBytes(tampered)));
        var words = new ArrayList<>(List.of("trust", "check"));
        for (var each : jars.entrySet())
            words.add(Files.write(directory.resolve(each.getKey()), each.getValue())
                    .toString());
        try (var check = open.start("nutctl", words.toArray(String[]::new))) {
            assertThat(check.awaitEnd())
                    .contains(
                            "1-good.jar: trusted",
                            "2-member.jar: trusted",
                            "3-bare.jar: refused: it is not signed",
                            "4-stolen.jar: refused: the certificate of CN=stolen is revoked: the key was stolen",
                            "5-revoked.jar: refused: it is revoked: it switches the load off",
                            "4 of 6 jars would be refused; COBNUT_LOCKED is off in "
                                    + open.conf().resolve("nut.conf"))
                    .anyMatch(line -> line.startsWith("6-tampered.jar: refused: it is not what was signed ("));
            assertThat(check.process().exitValue()).isEqualTo(1);
        }
        words.add("--json");
        try (var check = open.start("nutctl", words.toArray(String[]::new))) {
            assertThat(check.awaitEnd())
                    .contains(
                            "  {\"jar\": \"1-good.jar\", \"result\": \"trusted\", \"reason\": null},",
                            "  {\"jar\": \"3-bare.jar\", \"result\": \"refused\", \"reason\": \"it is not signed\"},");
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void says(String text) throws InterruptedException {
        console.run().awaitLine(line -> line.contains(text));
    }

    private static void drop(String name, byte[] jar) throws IOException {
        Path part = Files.write(cobnut.drivers().resolve(name + ".part"), jar);
        Files.move(part, cobnut.drivers().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String nutctl(String... words) throws Exception {
        try (var program = cobnut.start("nutctl", words)) {
            return String.join("\n", program.awaitEnd());
        }
    }

    /** Every bundle as the console lists it. */
    private static String bundles() throws Exception {
        return console.get("bundles.json").body();
    }

    /** As the console's own form does. */
    private static void upload(String name, byte[] jar) throws Exception {
        var body = new ByteArrayOutputStream();
        for (String field : List.of("action=install", "bundlestart=start", "bundlestartlevel=5")) {
            String[] pair = field.split("=");
            body.writeBytes(text(
                    "--X\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(pair[0], pair[1])));
        }
        body.writeBytes(text("--X\r\nContent-Disposition: form-data; name=\"bundlefile\"; filename=\"" + name
                + "\"\r\nContent-Type: application/java-archive\r\n\r\n"));
        body.writeBytes(jar);
        body.writeBytes(text("\r\n--X--\r\n"));
        var credentials = Base64.getEncoder().encodeToString(text("admin:" + console.secret()));
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/system/console/bundles".formatted(console.port())))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "multipart/form-data; boundary=X")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
