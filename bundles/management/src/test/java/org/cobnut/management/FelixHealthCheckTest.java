package org.cobnut.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.Result.Status;
import org.cobnut.health.CheckResult;
import org.cobnut.health.CheckResult.Grade;
import org.cobnut.health.HealthChecks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FelixHealthCheckTest {
    private static Result run(CheckResult... results) {
        return new FelixHealthCheck(tag -> List.of(results), HealthChecks.DRIVER).execute();
    }

    private static CheckResult device(String ups, Grade grade, String reason) {
        return new CheckResult(HealthChecks.DRIVER, "device " + ups, grade, reason);
    }

    @ParameterizedTest
    @CsvSource({"OK, OK", "WARN, WARN", "CRITICAL, CRITICAL"})
    void aGradeIsAStatus(Grade grade, Status status) {
        assertThat(run(device("rack", grade, "")).getStatus()).isEqualTo(status);
    }

    @Test
    void theWorstOfSeveralCountsAndEachIsTold() {
        Result result = run(device("rack", Grade.OK, ""), device("lost", Grade.CRITICAL, "stale since noon"));
        assertThat(result.getStatus()).isEqualTo(Status.CRITICAL);
        assertThat(result)
                .extracting(entry -> entry.getMessage())
                .containsExactly("device rack: well", "device lost: stale since noon");
    }

    @Test
    void nothingToLookAtIsWell() {
        assertThat(run().getStatus()).isEqualTo(Status.OK);
    }
}
