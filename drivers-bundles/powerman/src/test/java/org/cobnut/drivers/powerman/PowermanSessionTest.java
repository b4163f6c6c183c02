package org.cobnut.drivers.powerman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;

class PowermanSessionTest {
    private final FakePowerman powerman = new FakePowerman();

    private Session open() throws IOException {
        return new PowermanSession(new PowermanClient(powerman));
    }

    @Test
    void showsEachNodeAsAnOutlet() throws IOException {
        TestReport report = new TestReport().poll(open());
        assertThat(report.values())
                .containsEntry("outlet.count", "3")
                .containsEntry("outlet.1.desc", "other")
                .containsEntry("outlet.1.status", "on")
                .containsEntry("outlet.2.status", "off")
                .containsEntry("outlet.3.status", "unknown")
                .containsEntry("device.type", "pdu");
        assertThat(report.commands()).contains("outlet.2.load.on", "outlet.3.load.cycle");
    }

    @Test
    void switchesANodeByItsName() throws IOException {
        Session session = open();
        TestReport report = new TestReport().poll(session);
        assertThat(session.run("outlet.2.load.on", "")).isEqualTo(Outcome.handled());
        assertThat(session.run("outlet.1.load.off", "")).isEqualTo(Outcome.handled());
        assertThat(session.run("outlet.3.load.cycle", "")).isEqualTo(Outcome.handled());
        assertThat(powerman.asked()).contains("on rack1", "off other", "cycle rack2");
        assertThat(report.poll(session).values())
                .containsEntry("outlet.1.status", "off")
                .containsEntry("outlet.2.status", "on")
                .containsEntry("outlet.3.status", "on");
        assertThat(session.run("outlet.9.load.on", "")).isEqualTo(Outcome.unknown());
        assertThat(session.run("load.off", "")).isEqualTo(Outcome.unknown());
    }

    @Test
    void saysWhyASwitchFailsAndAsksOnce() throws IOException {
        Session session = open();
        new TestReport().poll(session);
        powerman.answering("on rack1", "205 Command completed with errors\r\n");
        assertThat(session.run("outlet.2.load.on", "").reason()).contains("Command completed with errors");
        powerman.answering("off rack1", "");
        assertThat(session.run("outlet.2.load.off", "").reason()).contains("may have obeyed");
        assertThat(powerman.asked()).containsOnlyOnce("off rack1");
    }

    @Test
    void takesBackOutletsOfNodesThatAreGone() throws IOException {
        Session session = open();
        TestReport report = new TestReport().poll(session);
        powerman.remove("rack1");
        assertThat(report.poll(session).values())
                .containsEntry("outlet.2.desc", "rack2")
                .doesNotContainKey("outlet.3.desc");
        assertThat(report.commands()).doesNotContain("outlet.3.load.on");
    }

    @Test
    void saysWhatItDoesNotUnderstand() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> new PowermanClient(new FakePowerman().greeting("220 mail.example ESMTP\r\n")))
                .withMessageContaining("so it is no powerman");
        Session session = open();
        powerman.answering("nodes", "nonsense\r\n");
        assertThatIOException()
                .isThrownBy(() -> new TestReport().poll(session))
                .withMessageContaining("a line without a number");
        powerman.answering("nodes", "208 Command in progress\r\n");
        assertThatIOException()
                .isThrownBy(() -> new TestReport().poll(session))
                .withMessageContaining("Command in progress");
        powerman.answering("nodes", "103 Query complete\r\n");
        assertThatIOException().isThrownBy(() -> new TestReport().poll(session)).withMessageContaining("no nodes");
    }
}
