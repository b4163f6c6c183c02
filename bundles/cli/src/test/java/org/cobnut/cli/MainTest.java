package org.cobnut.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cobnut.client.Connection;
import org.cobnut.program.Getopt;
import org.cobnut.testkit.server.FakeServer;
import org.cobnut.wire.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program as a launcher starts it: a JVM with what its jar holds on its class path. */
@Timeout(60)
class MainTest {
    @Test
    void isTheProgramThatThePropertyNames() throws Exception {
        assertThat(java("-Dcobnut.program=upsrw", "-V")).isEqualTo(Version.of("upsrw") + "\n0");
        assertThat(java("-Dcobnut.program=nothing", "-V")).isEqualTo("Error: no program of that name: nothing\n1");
    }

    @Test
    void readsOneVariableWithoutALambdaOrARegularExpression() throws Exception {
        try (var server =
                new FakeServer("> GET VAR sim ups.status\n< VAR sim ups.status \"OL\"\n> LOGOUT\n< OK").start()) {
            String log = java("-Xlog:class+load:stderr", server.ups("sim"), "ups.status");
            assertThat(log).contains("OL\n").endsWith("\n0").contains("org.cobnut.wire.Lexer ");
            assertThat(log.lines().filter(line -> line.contains(" source: ")).map(MainTest::name))
                    .noneMatch(name -> name.startsWith("org.cobnut.") && name.contains("$$Lambda"))
                    .noneMatch(name -> name.startsWith("java.util.regex."))
                    .noneMatch(name -> name.startsWith("java.util.stream."))
                    .noneMatch(name -> name.startsWith("org.osgi."));
        }
    }

    private static String name(String line) {
        String before = line.substring(0, line.indexOf(" source: "));
        return before.substring(before.lastIndexOf(' ') + 1);
    }

    /** Runs Main: its output and errors, then its exit code. */
    private static String java(String option, String... args) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", classPath(), option, Main.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said + process.exitValue();
    }

    private static String classPath() {
        var places = new ArrayList<String>();
        for (Class<?> one : List.of(Main.class, Connection.class, Version.class, Getopt.class))
            places.add(one.getProtectionDomain().getCodeSource().getLocation().getPath());
        return String.join(File.pathSeparator, places);
    }
}
