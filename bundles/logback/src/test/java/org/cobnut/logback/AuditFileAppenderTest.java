package org.cobnut.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileAppenderTest {
    @TempDir
    Path directory;

    private final LoggerContext context = new LoggerContext();

    @Test
    void whatWasToldIsInTheFileWhenItStops() throws IOException {
        Path path = directory.resolve("audit.log");
        AuditFileAppender appender = appender(path.toString());
        for (int i = 0; i < 1000; i++) tell(appender, "line " + i);
        appender.stop();
        List<String> lines = Files.readAllLines(path);
        assertThat(lines).hasSize(1000);
        assertThat(lines.get(999))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) line 999");
    }

    @Test
    void withoutAFileItKeepsNothing() throws IOException {
        AuditFileAppender appender = appender("");
        tell(appender, "x");
        appender.stop();
        try (var all = Files.list(directory)) {
            assertThat(all).isEmpty();
        }
    }

    private AuditFileAppender appender(String file) {
        var appender = new AuditFileAppender();
        appender.setContext(context);
        appender.setFile(file);
        appender.start();
        return appender;
    }

    private void tell(AuditFileAppender appender, String line) {
        appender.doAppend(new LoggingEvent("x", context.getLogger("org.cobnut.audit"), Level.INFO, line, null, null));
    }
}
