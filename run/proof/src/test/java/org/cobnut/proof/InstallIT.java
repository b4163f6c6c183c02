package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the distribution's pages tell a newcomer to type, typed as it stands there. */
@Timeout(120)
class InstallIT {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)[^)]*\\)");
    private static final Pattern FOLDER = Pattern.compile("`([a-z]+/[^`\\s]*)`");
    private static final Path HOME =
            Path.of(CobnutServer.program("cobnut")).getParent().getParent();

    @TempDir
    Path directory;

    private record Ran(String text, int status) {}

    @BeforeAll
    static void needsADistribution() {
        assumeThat(CobnutServer.built()).isTrue();
    }

    @Test
    void theReadmeNamesOnlyWhatIsThere() throws IOException {
        String readme = Files.readString(HOME.resolve("README.md"));
        assertThat(readme).doesNotContain("./cobnut");
        for (Pattern names : List.of(LINK, FOLDER))
            names.matcher(readme)
                    .results()
                    .map(found -> found.group(1).replace("PROGRAM", "upsc"))
                    .forEach(name -> assertThat(HOME.resolve(name)).as(name).exists());
    }

    /** Whatever a runtime gives to its constructor: mappings, devices, or nothing. */
    @Test
    void everyKindOfDriverTellsItsOptions() throws Exception {
        for (String driver : List.of("nutdrv_qx", "snmp-ups", "usbhid-ups", "dummy-ups")) {
            Ran ran = run(HOME.resolve("bin").resolve(driver) + " -h");
            assertThat(ran.status()).as(ran.text()).isZero();
            assertThat(ran.text()).contains("Acceptable values", " : -x ");
        }
    }

    /** In a name space of its own: /opt and /etc/nut of this machine stay as they are. */
    @Test
    void theStepsOfInstallLeaveFilesThatAStartTakes() throws Exception {
        assumeThat(House.user()).as("only root can have its own /etc/nut").isEqualTo("root");
        assumeThat(run("id -u nut").status()).as("a user nut").isZero();
        var script = new ArrayList<String>(List.of(
                "set -eu",
                "mkdir -p /opt /etc/nut && mount -t tmpfs none /opt && mount -t tmpfs none /etc/nut",
                "mkdir /opt/cobnut /opt/upper /opt/work",
                "mount -t overlay none -o lowerdir='" + HOME + "',upperdir=/opt/upper,workdir=/opt/work /opt/cobnut"));
        // Up to the services, which want a systemd. A distribution that was used has files of its own in etc: not
        // those.
        steps().forEach(step ->
                script.add(step.replace("/run/nut", directory.resolve("state").toString())));
        script.addAll(List.of(
                "/opt/cobnut/bin/nutctl config get-mode; /opt/cobnut/bin/nutconf --get-monitor || true",
                "ls /etc/nut; cat /etc/nut/upsmon.conf; stat -c '%a %U %G' /etc/nut/upsd.users /etc/nut/upsmon.conf"));
        Path file = Files.write(directory.resolve("steps.sh"), script);
        Ran ran = run("unshare -m --propagation private sh " + file);
        assertThat(ran.status()).as(ran.text()).isZero();
        assertThat(ran.text())
                .contains("/etc/nut: no errors", "demo.dev", "upssched.conf.sample")
                .containsPattern("(?m)^MONITOR demo@localhost 1 upsmon [0-9a-f]{32} primary$")
                .containsPattern("(?s)640 root nut\\s640 root nut");
    }

    /** As whoever may not install anything, with a PATH that has neither Maven nor a compiler. */
    @Test
    void theBuildScriptSaysWhatIsMissing() throws Exception {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "id", "cat", "find", "head", "mkdir", "touch", "apt-get")) {
            Path program = Path.of("/usr/bin", tool);
            if (Files.exists(program)) Files.createSymbolicLink(tools.resolve(tool), program);
        }
        Path sources = Files.createDirectory(directory.resolve("sources"));
        Files.copy(HOME.resolve("../../cobnut"), sources.resolve("cobnut"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        String as = House.user().equals("root") ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
        Ran ran = run(as + "env -i PATH=" + tools + " sh " + sources.resolve("cobnut") + " run");
        assertThat(ran.status()).as(ran.text()).isEqualTo(1);
        assertThat(ran.text())
                .contains("missing", "openjdk-17-jdk-headless maven")
                .doesNotContain("building");
    }

    /** Who unpacked a distribution has no sources, and cannot type what only those know. */
    @Test
    void itsDocumentsTellOfNoCommandThatItLacks() throws IOException {
        try (var pages = Files.walk(HOME.resolve("docs"))) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList())
                assertThat(Files.readString(page)).as(page.toString()).doesNotContain("./cobnut");
        }
    }

    /** The indented lines of the chapter, up to the one that copies units. */
    private static List<String> steps() throws IOException {
        List<String> lines = Files.readAllLines(HOME.resolve("docs/install.md"));
        List<String> chapter = lines.subList(lines.indexOf("## As a service"), lines.size());
        List<String> steps = chapter.stream()
                .takeWhile(line -> !line.contains("/etc/systemd/system"))
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        assertThat(steps).hasSizeGreaterThan(8);
        return steps;
    }

    private static Ran run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(text, process.exitValue());
    }
}
