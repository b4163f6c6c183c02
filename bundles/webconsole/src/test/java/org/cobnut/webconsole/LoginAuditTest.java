package org.cobnut.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginAuditTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();
    private final LoginAudit audit = new LoginAudit(now::get);

    LoginAuditTest() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    @Test
    void aLoginIsOneLineHoweverManyRequestsFollow() {
        for (int i = 0; i < 1000; i++) audit.admitted("127.0.0.1");
        assertThat(lines())
                .hasSize(1)
                .allMatch(line -> line.contains("user=\"admin\" from=127.0.0.1 did=\"console login\""));
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        audit.admitted("127.0.0.1");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void failuresAreOneLineAMinuteWithTheirNumber() {
        for (int i = 0; i < 582; i++) audit.refused("admin\n", "127.0.0.1");
        assertThat(lines()).hasSize(1).allMatch(line -> line.contains("user=\"admin\\u000a\""));
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        audit.refused("admin", "127.0.0.1");
        assertThat(lines()).hasSize(2).last().asString().contains("581 more");
    }

    private List<String> lines() {
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("console login"))
                .toList();
    }
}
