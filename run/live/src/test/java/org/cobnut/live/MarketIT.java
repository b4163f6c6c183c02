package org.cobnut.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cobnut.testkit.Distribution;
import org.cobnut.testkit.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drivers from a signed catalog: installed, upgraded, rolled back and refused, while clients poll. */
@Timeout(180)
class MarketIT {
    private static final int CLIENTS = Boolean.getBoolean("cobnut.long") ? 1_000 : 40;
    private static final String MODEL = "GET VAR acme device.model";

    @TempDir
    private Path directory;

    private House house;
    private Path offers;
    private Signer acme;
    private int edition;
    private URI console;
    private String secret;

    @BeforeEach
    void begin() throws Exception {
        house = new House(directory.resolve("house"), Map.of("JDK_JAVA_OPTIONS", "-Dcobnut.catalog.seconds=6"));
        offers = Files.createDirectories(directory.resolve("offers"));
        acme = new Signer(directory, "acme");
        acme.introduce(house.file("vendors"));
        Files.writeString(house.file("vendors").resolve("catalogs"), "# ours\n" + offers + "\n");
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    @Test
    void upgradesAndRollsBackUnderPollingClients() throws Exception {
        int port = Distribution.freePort();
        house.start("[acme]\n driver = acme\n port = auto\n", "--console=" + port);
        house.says("web console on");
        secret = Files.readString(house.state("console.secret.first")).strip();
        console = URI.create("http://127.0.0.1:%d/system/console/ups/api/command".formatted(port));
        offer(new DriverJar("acme", "1.0.0"));
        assertThat(nutctl("available"))
                .containsPattern("acme.acme +1\\.0\\.0 +- +Apache-2\\.0 +acme +A driver of the test's");
        assertThat(nutctl("install", "acme")).startsWith("installed acme.acme 1.0.0 as ");
        assertThat(house.value("acme", "device.model")).isEqualTo("1.0.0");
        try (var pollers = house.pollers(CLIENTS, MODEL)) {
            offer(new DriverJar("acme", "1.1.0"));
            assertThat(nutctl("available")).containsPattern("acme.acme +1\\.1\\.0 +1\\.0\\.0 ");
            assertThat(console("drivers", "available"))
                    .contains("\"bundle\": \"acme.acme\", \"version\": \"1.1.0\", \"installed\": \"1.0.0\"");
            assertThat(console("drivers", "install", "acme.acme"))
                    .contains("installed acme.acme 1.1.0 in the place of 1.0.0");
            house.await(MODEL, answer -> answer.contains("1.1.0"));

            offer(new DriverJar("acme", "1.2.0").polling("if (true) throw new java.io.IOException(\"no\");"));
            assertThat(nutctl("install", "acme"))
                    .contains(
                            "acme.acme 1.2.0 does not read acme, which 1.1.0 read within 6 s; acme.acme 1.1.0 is back");
            house.await(MODEL, answer -> answer.contains("1.1.0"));
            assertThat(nutctl()).containsPattern("acme.acme +1\\.1\\.0 +active");
            assertThat(pollers.lost()).isZero();
            assertThat(pollers.answers().keySet())
                    .isSubsetOf(
                            "VAR acme device.model \"1.0.0\"",
                            "VAR acme device.model \"1.1.0\"",
                            "VAR acme device.model \"1.2.0\"",
                            "ERR DATA-STALE",
                            "ERR DRIVER-NOT-CONNECTED");

            offer(new DriverJar("acme", "1.3.0").importing("org.cobnut.device;version=\"[99,100)\""));
            String reason = "it needs package org.cobnut.device [99.0.0,100.0.0), and here is only ";
            assertThat(nutctl("available")).contains("not installable: " + reason);
            assertThat(nutctl("install", "acme"))
                    .contains("acme.acme 1.3.0 of " + offers + " is not installed: " + reason);

            offer(new DriverJar("acme", "1.0.5"));
            assertThat(nutctl("install", "acme"))
                    .contains("version 1.1.0 is installed, and an older one does not take its place");

            offer(new DriverJar("acme", "1.4.0"));
            Files.write(offers.resolve("acme.jar"), new byte[] {0}, StandardOpenOption.APPEND);
            assertThat(nutctl("install", "acme")).contains("acme.jar is not the file that the catalog means");

            offer(new DriverJar("acme", "1.4.1"));
            Path revoked = house.file("vendors").resolve("revoked");
            Files.writeString(revoked, sha256(offers.resolve("acme.jar")) + "  it switches the load off\n");
            assertThat(nutctl("install", "acme"))
                    .contains("acme.acme 1.4.1 of " + offers
                            + " is not installed: it is revoked: it switches the load off");
            Files.writeString(revoked, acme.fingerprint() + "  the key was stolen\n");
            assertThat(nutctl("install", "acme"))
                    .contains("no catalog offers acme", "the certificate of CN=acme is revoked: the key was stolen");
            Files.delete(revoked);

            catalog("2020-01-31");
            assertThat(nutctl("available")).contains("it expired on 2020-01-31; its maker has to give a newer edition");

            edition -= 3;
            offer(new DriverJar("acme", "1.5.0"));
            assertThat(nutctl("install", "acme")).contains("no catalog offers acme", "somebody gives an old one");
            assertThat(nutctl("install", "nothing")).contains("no catalog offers nothing");
            assertThat(house.value("acme", "device.model")).isEqualTo("1.1.0");
            assertThat(pollers.lost()).isZero();
            int answers = pollers.answers().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            System.out.println("an upgrade and a roll-back under %d clients: %d answers, none lost, %s"
                    .formatted(CLIENTS, answers, pollers.answers()));
        }
    }

    /** Makes the next edition of the catalog, which offers this alone. */
    private void offer(DriverJar driver) throws Exception {
        Path jar = offers.resolve("acme.jar");
        driver.asComponent().into(jar);
        Files.write(jar, acme.sign(Files.readAllBytes(jar)));
        catalog("2099-01-01");
    }

    private void catalog(String expires) throws Exception {
        edition++;
        List<String> said =
                house.program("nutctl", "catalog", "make", offers.toString(), "acme", "" + edition, expires);
        assertThat(said).last().asString().contains("is to be signed now");
        Path catalog = offers.resolve("catalog.jar");
        Files.write(catalog, acme.sign(Files.readAllBytes(catalog)));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    /** What the page in the console is answered to a command. */
    private String console(String... words) throws Exception {
        String login = Base64.getEncoder().encodeToString(("admin:" + secret).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(console)
                .header("Authorization", "Basic " + login)
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", words) + "\n"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String nutctl(String... words) throws Exception {
        var all = new ArrayList<>(List.of("drivers"));
        all.addAll(List.of(words));
        // Java says on its first line that it was given options.
        List<String> said = house.program("nutctl", all.toArray(String[]::new));
        return String.join(
                "\n", said.stream().filter(line -> !line.startsWith("NOTE: ")).toList());
    }
}
