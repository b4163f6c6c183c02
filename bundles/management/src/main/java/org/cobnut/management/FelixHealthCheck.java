package org.cobnut.management;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.cobnut.health.CheckResult;
import org.cobnut.health.HealthChecks;

/** One of our checks in the words of Felix. Felix itself tells of one that throws. */
final class FelixHealthCheck implements HealthCheck {
    private final HealthChecks checks;
    private final String tag;

    FelixHealthCheck(HealthChecks checks, String tag) {
        this.checks = checks;
        this.tag = tag;
    }

    @Override
    public Result execute() {
        var log = new FormattingResultLog();
        List<CheckResult> results = checks.run(tag);
        // Felix takes an empty log for a warning.
        if (results.isEmpty()) log.info("nothing is wrong, and nothing is set up to be looked at");
        for (CheckResult result : results) {
            String reason = result.reason().isEmpty() ? "well" : result.reason();
            switch (result.grade()) {
                case OK -> log.info("{}: {}", result.subject(), reason);
                case WARN -> log.warn("{}: {}", result.subject(), reason);
                case CRITICAL -> log.critical("{}: {}", result.subject(), reason);
            }
        }
        return new Result(log);
    }
}
