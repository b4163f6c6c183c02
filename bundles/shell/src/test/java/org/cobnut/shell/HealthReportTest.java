package org.cobnut.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.cobnut.device.DriverFigures;
import org.cobnut.model.Health;
import org.cobnut.testkit.CertificateAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthReportTest {
    @TempDir
    private Path directory;

    private final HealthReport report = new HealthReport();

    private static DeviceState device(Health health) {
        return new DeviceState(
                "nutdrv_qx", "OL", Optional.of(health), new TreeMap<>(), Optional.empty(), DriverFigures.NONE);
    }

    @Test
    void isWellWhileEveryDeviceIsFresh() {
        report.device("rack", device(new Health.Fresh()));
        report.warning("Warning: upsmon watches nothing here");
        assertThat(report.columns().failed()).isFalse();
        assertThat(report.columns().toString().lines())
                .contains("device rack  OK      -", "shutdown     WARN    upsmon watches nothing here");
    }

    @Test
    void failsForOneThatIsNot() {
        report.device("rack", device(new Health.Fresh()));
        report.device("lost", device(new Health.Stale(Instant.EPOCH, "it did not answer")));
        report.device("waiting", DeviceState.configured("acme"));
        assertThat(report.columns().failed()).isTrue();
        assertThat(report.columns().json())
                .contains("\"check\": \"device lost\", \"result\": \"CRITICAL\", \"reason\": \"stale since 1970-01-01")
                .contains("\"waits for the driver acme\"");
    }

    @Test
    void saysWhenThereIsNothingToLookAt() {
        assertThat(report.columns().toString()).contains("ups.conf names no device");
        assertThat(report.columns().failed()).isFalse();
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
        report.certificate(pem);
        assertThat(report.columns().toString()).contains(result, words);
        assertThat(report.columns().failed()).isEqualTo(failed);
    }

    @Test
    void aCertificateThatCannotBeReadFails() throws Exception {
        Path pem = Files.writeString(directory.resolve("empty.pem"), "nothing");
        report.certificate(pem);
        report.certificate(directory.resolve("none.pem"));
        assertThat(report.columns().toString())
                .contains("empty.pem cannot be read: it holds no certificate", "none.pem cannot be read: ");
        assertThat(report.columns().failed()).isTrue();
    }
}
