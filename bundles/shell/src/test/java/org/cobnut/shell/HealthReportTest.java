package org.cobnut.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.cobnut.device.DriverFigures;
import org.cobnut.health.CheckResult.Grade;
import org.cobnut.model.Health;
import org.cobnut.testkit.CertificateAuthority;
import org.cobnut.wire.Columns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthReportTest {
    @TempDir
    private Path directory;

    private static Columns devices(Object... namesAndHealth) {
        var all = new TreeMap<String, DeviceState>();
        for (int i = 0; i < namesAndHealth.length; i += 2)
            all.put((String) namesAndHealth[i], (DeviceState) namesAndHealth[i + 1]);
        return HealthReport.columns(HealthReport.devices(all));
    }

    private static DeviceState device(Health health) {
        return new DeviceState(
                "nutdrv_qx", "OL", Optional.of(health), new TreeMap<>(), Optional.empty(), DriverFigures.NONE);
    }

    @Test
    void isWellWhileEveryDeviceIsFresh() {
        Columns rack = devices("rack", device(new Health.Fresh()));
        assertThat(rack.failed()).isFalse();
        assertThat(rack.toString().lines()).contains("device rack  OK      -");
    }

    @Test
    void aMachineThatWouldNotShutDownIsAWarning() {
        Columns warned = HealthReport.columns(List.of(HealthReport.unprotected("upsmon watches nothing here")));
        assertThat(warned.failed()).isFalse();
        assertThat(warned.toString().lines()).contains("shutdown  WARN    upsmon watches nothing here");
    }

    @Test
    void failsForOneThatIsNot() {
        Columns columns = devices(
                "rack", device(new Health.Fresh()),
                "lost", device(new Health.Stale(Instant.EPOCH, "it did not answer")),
                "waiting", DeviceState.configured("acme"));
        assertThat(columns.failed()).isTrue();
        assertThat(columns.json())
                .contains("\"check\": \"device lost\", \"result\": \"CRITICAL\", \"reason\": \"stale since 1970-01-01")
                .contains("\"waits for the driver acme\", \"tag\": \"driver\"");
    }

    @Test
    void saysWhenThereIsNothingToLookAt() {
        assertThat(devices().toString()).contains("ups.conf names no device");
        assertThat(devices().failed()).isFalse();
    }

    @Test
    void theStartIsOverWhenEachDeviceWasReadOrIsKnownToBeLost() {
        var all = new TreeMap<String, DeviceState>();
        all.put("rack", device(new Health.Fresh()));
        all.put("lost", device(new Health.Stale(Instant.EPOCH, "it did not answer")));
        assertThat(HealthReport.start(all).grade()).isEqualTo(Grade.OK);
        all.put("new", device(new Health.Starting()));
        all.put("waiting", DeviceState.configured("acme"));
        assertThat(HealthReport.start(all).reason()).endsWith(": new, waiting");
        assertThat(HealthReport.start(all).grade()).isEqualTo(Grade.CRITICAL);
    }

    @ParameterizedTest
    @CsvSource({
        "400, OK, is valid until, false",
        "10, WARN, is valid until, false",
        "-10, CRITICAL, was valid until, true"
    })
    void aCertificateThatHasRunOutFails(int days, String result, String words, boolean failed) throws Exception {
        int before = days < 0 ? 20 : 0;
        new CertificateAuthority(directory).run("""
                keytool -genkeypair -keystore s.p12 -storepass changeit -alias a -dname CN=ups -keyalg EC -startdate -%dd -validity %d
                keytool -exportcert -keystore s.p12 -storepass changeit -alias a -rfc -file cert.pem
                { printf '%%s\\n' '-----BEGIN PRIVATE KEY-----' AA== '-----END PRIVATE KEY-----'; cat cert.pem; } > server.pem
                """.formatted(before, before + days));
        Path pem = directory.resolve("server.pem");
        Columns columns = HealthReport.columns(List.of(HealthReport.certificate(pem)));
        assertThat(columns.toString()).contains(result, words);
        assertThat(columns.failed()).isEqualTo(failed);
    }

    @Test
    void aCertificateThatCannotBeReadFails() throws Exception {
        Path pem = Files.writeString(directory.resolve("empty.pem"), "nothing");
        Columns columns = HealthReport.columns(
                List.of(HealthReport.certificate(pem), HealthReport.certificate(directory.resolve("none.pem"))));
        assertThat(columns.toString())
                .contains("empty.pem cannot be read: it holds no certificate", "none.pem cannot be read: ");
        assertThat(columns.failed()).isTrue();
    }
}
