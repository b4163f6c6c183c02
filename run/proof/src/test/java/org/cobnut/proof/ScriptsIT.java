package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shell scripts, whatever the environment of who starts them holds. */
class ScriptsIT {
    private static final Path ROOT = Path.of("../..");

    private House house;

    @BeforeEach
    void files() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        house = new House(Path.of("src/test/resources/access"), Map.of());
        house.write("upsd.conf", "LISTEN 127.0.0.1 @PORT@\n", Map.of());
    }

    @AfterEach
    void close() throws IOException {
        if (house != null) house.close();
    }

    @Test
    void shellcheckFindsNothing() throws IOException {
        assumeThat(Path.of("/usr/bin/shellcheck")).exists();
        var command = new ArrayList<>(List.of("/usr/bin/shellcheck", "-x"));
        for (String folder : List.of("run/dist/bin", "run/dist/lib", "run/release", "run/deb", "run/image", "run")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                files.filter(ScriptsIT::script)
                        .map(file -> file.toAbsolutePath().normalize().toString())
                        .forEach(command::add);
            }
        }
        command.add(ROOT.resolve("cobnut").toAbsolutePath().normalize().toString());
        assertThat(command.size()).as("scripts are found").isGreaterThan(15);
        House.Ran ran = house.run(command.toArray(String[]::new));
        assertThat(ran.out() + ran.errors()).isEmpty();
    }

    private static boolean script(Path file) {
        if (!Files.isRegularFile(file)) return false;
        if (file.toString().endsWith(".sh")) return true;
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(9), java.nio.charset.StandardCharsets.ISO_8859_1).equals("#!/bin/sh");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void cdpathLeadsNoScriptAstray() throws IOException {
        Path home = Path.of(CobnutServer.program("cobnut")).getParent().getParent();
        Files.createDirectories(house.dir.resolve("bin"));
        for (String program : List.of(
                "cobnut version",
                "upsd -V",
                "upsmon -V",
                "upslog -V",
                "dummy-ups -V",
                "nutctl -h",
                "upsc -V",
                "nutconf --help",
                "nutctl udev")) {
            House.Ran ran = house.run(
                    "/bin/sh",
                    "-c",
                    "cd " + home + " && CDPATH=" + house.dir + ":. && export CDPATH && exec bin/" + program);
            assertThat(ran.exit()).as(program + ": " + ran).isZero();
            assertThat(ran.errors()).as(program).doesNotContain("not found").doesNotContain("cannot");
        }
    }

    @Test
    void aHeapIsASizeAndNoOptions() throws IOException {
        for (String program : List.of("upsd", "upsmon", "cobnut")) {
            House.Ran ran = house.run(
                    "/usr/bin/env",
                    "COBNUT_HEAP=64m -XX:OnOutOfMemoryError=touch",
                    CobnutServer.program(program),
                    program.equals("cobnut") ? "run" : "-F");
            assertThat(ran)
                    .isEqualTo(new House.Ran(
                            "",
                            program
                                    + ": COBNUT_HEAP is '64m -XX:OnOutOfMemoryError=touch', and must be a size such as 128m\n",
                            1));
        }
    }

    @Test
    void whoBecomesTheUserHasNoDescriptorOfTheStarters() throws Exception {
        assumeThat(House.user()).isEqualTo("root");
        AccountIT.give(house.dir);
        Path roots = Files.writeString(house.dir.resolve("roots"), "root's\n");
        Process server = house.start(
                "/bin/bash",
                "-c",
                "exec 4< " + roots + " 8< " + roots + " 57< " + roots + "; exec \"$@\"",
                "bash",
                CobnutServer.program("upsd"),
                "-F",
                "-u",
                AccountIT.USER);
        try {
            House.waitFor(() -> house.said().contains("listening on 127.0.0.1 port " + house.port), house::said);
            try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
                assertThat(open.map(ScriptsIT::target)).isNotEmpty().noneMatch(roots.toString()::equals);
            }
        } finally {
            server.destroy();
            House.end(server);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
