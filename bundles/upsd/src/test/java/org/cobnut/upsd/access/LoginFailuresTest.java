package org.cobnut.upsd.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cobnut.audit.Actor;
import org.cobnut.wire.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginFailuresTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();
    private final LoginFailures failures = new LoginFailures(now::get);

    LoginFailuresTest() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    @Test
    void aFloodIsOneLineAndASummary() {
        for (int i = 0; i < 15_361; i++) fail("mon", "127.0.0.1");
        failures.summarise();
        assertThat(lines("Login failed")).hasSize(1).first().asString().contains("mon@127.0.0.1: wrong password");
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        failures.summarise();
        assertThat(lines("Login failed"))
                .hasSize(2)
                .last()
                .asString()
                .contains("Login failed 15360 more times within a minute from 127.0.0.1, last for mon: wrong password");
        assertThat(lines(" AUDIT ")).hasSize(2);
        fail("mon", "127.0.0.1");
        assertThat(lines("mon@127.0.0.1: wrong")).as("in a new minute").hasSize(2);
    }

    @Test
    void neitherManyNamesNorManySourcesMakeManyLines() {
        for (int i = 0; i < 1000; i++) fail("name" + i, "127.0.0.1");
        assertThat(lines("Login failed")).hasSize(10);
        for (int i = 0; i < 10_000; i++) fail("mon", "192.0." + i / 200 + '.' + i % 200);
        assertThat(lines("Login failed")).hasSize(100);
        failures.close();
        assertThat(lines("Login failed")).hasSizeLessThan(400);
    }

    @Test
    void aNameCannotNameAnotherAddress() {
        fail("x@10.9.8.7 on UPS [demo]: wrong password", "127.0.0.1");
        assertThat(lines("Login failed")).hasSize(1).allMatch(line -> line.contains("x?10.9.8.7?on?UPS?[demo]:"));
    }

    private void fail(String user, String address) {
        failures.tell(
                new Actor(user, address),
                address,
                Request.of(List.of("LOGIN", "demo")),
                Optional.empty(),
                "wrong password");
    }

    private List<String> lines(String with) {
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(with))
                .toList();
    }
}
