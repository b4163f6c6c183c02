package org.cobnut.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Due;
import org.cobnut.driver.Option;
import org.cobnut.driver.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every driver keeps to. A driver's test extends it and says how to make one whose device answers. */
@Timeout(20)
public abstract class DriverContract {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_.-]*";

    /** The driver under test; a new one each time. */
    protected abstract Driver driver();

    /**
     * What opens a device that answers.
     *
     * @param folder the test's own, where {@link org.cobnut.link.Links#file} looks; the test may put files there
     */
    protected abstract Settings settings(Path folder) throws IOException;

    /** What the driver may use of the world. */
    protected TestLinks links(Path folder) {
        return new TestLinks(folder);
    }

    @Test
    void declaresEachOptionOnceAndSaysWhatItIs() {
        assertThat(driver().options().all()).extracting(Option::name).doesNotHaveDuplicates();
        assertThat(driver().options().all())
                .allSatisfy(option -> assertThat(option.description()).isNotBlank());
    }

    @Test
    void takesTheSettingsOfTheTest(@TempDir Path folder) throws IOException {
        assertThat(driver().options().faults(settings(folder).values())).isEmpty();
    }

    @Test
    void reportsNamesThatClientsCanAskFor(@TempDir Path folder) throws IOException {
        TestReport report = pollOnce(folder);
        assertThat(report.variables().keySet()).isNotEmpty().allMatch(name -> name.matches(NAME));
        assertThat(report.commands()).allMatch(name -> name.matches(NAME));
    }

    @Test
    void leavesWhatTheRuntimeSaysToTheRuntime(@TempDir Path folder) throws IOException {
        assertThat(pollOnce(folder).variables().keySet())
                .doesNotContain("driver.name", "driver.version", "driver.state", "driver.debug");
    }

    @Test
    void reportsTheSameDeviceThroughTwoSessions(@TempDir Path folder) throws IOException {
        Driver driver = driver();
        Settings settings = settings(folder);
        var one = new TestReport();
        var two = new TestReport();
        try (var first = driver.open(settings, links(folder));
                var second = driver.open(settings, links(folder))) {
            first.poll(one, Due.FULL);
            second.poll(two, Due.FULL);
        }
        assertThat(two.variables().keySet()).isEqualTo(one.variables().keySet());
    }

    @Test
    void canBeOpenedAgainAfterAClose(@TempDir Path folder) throws IOException {
        Driver driver = driver();
        for (int i = 0; i < 3; i++) {
            try (var session = driver.open(settings(folder), links(folder))) {
                session.poll(new TestReport(), Due.FULL);
            }
        }
    }

    @Test
    void closesAfterOpeningAlone(@TempDir Path folder) throws IOException {
        driver().open(settings(folder), links(folder)).close();
    }

    private TestReport pollOnce(Path folder) throws IOException {
        var report = new TestReport();
        try (var session = driver().open(settings(folder), links(folder))) {
            session.poll(report, Due.FULL);
        }
        return report;
    }
}
