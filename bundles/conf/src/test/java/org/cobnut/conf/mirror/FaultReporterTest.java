package org.cobnut.conf.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.framework.FrameworkFactory;
import org.cobnut.conf.Site;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.files.ReadScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** What an operator reads. */
@Isolated
class FaultReporterTest {
    @TempDir
    Path directory;

    /** An action that is expected to log. */
    private interface Action {
        void run() throws Exception;
    }

    private static List<String> logged(Action action) throws Exception {
        PrintStream before = System.err;
        var bytes = new ByteArrayOutputStream();
        try (var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setErr(stream);
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("^\\[[^]]*] ", ""))
                .toList();
    }

    /** What is no mere news. */
    private static List<String> warned(Action action) throws Exception {
        return logged(action).stream().filter(line -> !line.startsWith("INFO ")).toList();
    }

    private NutFiles started() throws IOException {
        var files = new NutFiles(directory);
        Object unused = new NutPersistence(files);
        assertThat(unused).isNotNull();
        return files;
    }

    @Test
    void countsTheErrorsOfAStartAndGoesOn() throws Exception {
        Site site = Site.in(directory);
        site.edit("upsd.conf", "MAXAGE 15", "MAXAGE soon\nNONSENSE hunter2\nMAXCONN 9");
        assertThat(warned(this::started))
                .containsExactly(
                        "ERROR org.cobnut.conf - upsd.conf:4: MAXAGE wants a whole number above 0, not 'soon'",
                        "ERROR org.cobnut.conf - upsd.conf:5: unknown directive 'NONSENSE'",
                        "ERROR org.cobnut.conf - upsd.conf: Encountered 2 config errors, those entries were ignored");
        assertThat(started().configurations().get("cobnut.upsd"))
                .containsEntry("maxconn", 9)
                .doesNotContainKey("maxage");
    }

    @Test
    void warnsOfFilesThatTheWorldCanRead() throws Exception {
        Site.in(directory);
        Path users = directory.resolve("upsd.users");
        Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r----x"));
        assertThat(warned(this::started))
                .containsExactly("WARN org.cobnut.conf - WARNING: " + users
                        + " is world readable (hope you don't have passwords there)");
    }

    @Test
    void warnsOfWhateverElseTheWorldCanReadAtTheStartAndAfterAReload() throws Exception {
        Site site = Site.in(directory);
        Path state = Files.createDirectory(directory.resolve("state"));
        Path key = Files.writeString(directory.resolve("server.pem"), "");
        Path database = Files.createDirectory(directory.resolve("nss"));
        Files.writeString(database.resolve("key4.db"), "");
        for (String line : List.of("CERTFILE server.pem", "CERTPATH nss"))
            site.edit("upsd.conf", "MAXAGE 15", line + "\nMAXAGE 15");
        for (Path path : List.of(state, database)) mode(path, "rwxrwx---");
        mode(key, "rw-r-----");
        var files = new NutFiles(directory, new ReadScope.Everybody(Optional.of(state)));
        assertThat(warned(() -> assertThat(new NutPersistence(files)).isNotNull()))
                .isEmpty();
        mode(state, "rwxrwx--x");
        mode(key, "rw-r--r--");
        mode(database, "rwxr-xr-x");
        Path server = directory.resolve("upsd.conf");
        mode(server, "rw-r---w-");
        String written = "WARN org.cobnut.conf - upsd.conf: decides what is run here, and others may write to"
                + " %s (owner %s, mode 0642); type: chmod o-w %s".formatted(server, Files.getOwner(server), server);
        List<String> warnings = List.of(written, warning(state), warning(key), warning(database));
        assertThat(warned(() -> assertThat(new NutPersistence(files)).isNotNull()))
                .isEqualTo(warnings);
        var files2 = new NutFiles(directory, new ReadScope.Everybody(Optional.of(state)));
        var reporter = new NutPersistence(files2).reporter();
        assertThat(warned(() -> take(reporter, files2))).as("once").isEmpty();
        Files.delete(database.resolve("key4.db"));
        mode(key, "rw-r-----");
        assertThat(warned(() -> take(reporter, files2))).isEmpty();
        mode(key, "rw-r--r--");
        assertThat(warned(() -> take(reporter, files2)))
                .as("certificates alone are no secret")
                .containsExactly(warning(key));
    }

    private static void take(FaultReporter reporter, NutFiles files) {
        DiskState diskState = files.readDisk();
        reporter.taken(diskState, files.take(diskState), "2026-01-01 00:00:00");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String warning(Path path) {
        return "WARN org.cobnut.conf - WARNING: " + path + " is world readable (hope you don't have passwords there)";
    }

    @Test
    void saysOfFilesInOrderThatTheyAreRead() throws Exception {
        Site.in(directory);
        assertThat(logged(this::started))
                .containsExactly(
                        "INFO org.cobnut.conf - cobnut starts: process "
                                + ProcessHandle.current().pid(),
                        read("nut.conf is read"),
                        read("upsd.conf is read"),
                        read("ups.conf is read: 2 UPSes"),
                        read("upsd.users is read: 2 users"));
    }

    private String read(String what) {
        return "INFO org.cobnut.conf - " + directory + "/" + what;
    }

    @Test
    void tellsOfAFaultOnceAndOfItsMending() throws Exception {
        Site site = Site.in(directory);
        site.edit("upsd.users", "password = hidden", "password = hidden\n  stray words");
        NutFiles files = started();
        FaultReporter reporter = new FaultReporter(files);
        assertThat(warned(() -> reporter.started(files.readDisk())))
                .containsExactly(
                        "ERROR org.cobnut.conf - upsd.users:8: KEY = VALUE is wanted",
                        "ERROR org.cobnut.conf - upsd.users: Encountered 1 config errors, those entries were ignored");
        site.edit("upsd.users", "[admin]", "# more\n[admin]");
        site.edit("upsd.conf", "MAXAGE 15", "MAXAGE 16");
        assertThat(logged(() -> take(reporter, files))).isEmpty();
        assertThat(files.configurations().get("cobnut.upsd")).containsEntry("maxage", 16);
        site.edit("upsd.users", "  stray words\n", "");
        assertThat(logged(() -> take(reporter, files)))
                .containsExactly("INFO org.cobnut.conf - upsd.users: mended: KEY = VALUE is wanted");
    }

    @Test
    void namesWhatIsRefusedAndWhatStays() throws Exception {
        Site site = Site.in(directory);
        NutFiles files = started();
        FaultReporter reporter = new FaultReporter(files);
        site.edit("ups.conf", "port = first.dev", "prt");
        site.edit("upsd.conf", "MAXAGE 15", "MAXAGE soon");
        assertThat(warned(() -> take(reporter, files)))
                .containsExactly(
                        "ERROR org.cobnut.conf - upsd.conf:4: MAXAGE wants a whole number above 0, not 'soon'",
                        "ERROR org.cobnut.conf - ups.conf:4: section [first] has no port",
                        "ERROR org.cobnut.conf - upsd.conf: refused; what was loaded 2026-01-01 00:00:00 stays in force",
                        "ERROR org.cobnut.conf - ups.conf: refused in part; [first] as loaded 2026-01-01 00:00:00 stays in"
                                + " force, the rest counts as edited");
    }

    @Test
    void tellsTheLauncherWhenAFileIsMissing() throws Exception {
        Site.in(directory);
        Files.delete(directory.resolve("upsd.users"));
        var told = new AtomicInteger();
        Framework framework = framework();
        framework.init();
        assertThat(warned(() -> new NutPersistence(framework.getBundleContext(), told::incrementAndGet)))
                .containsExactly("ERROR org.cobnut.conf - " + directory.resolve("upsd.users")
                        + ": cannot be read: no such file");
        assertThat(told).hasValue(1);
        framework.stop();
    }

    @Test
    void tellsTheLauncherNothingWhenAllAreThere() throws Exception {
        Site.in(directory);
        var told = new AtomicInteger();
        Framework framework = framework();
        framework.init();
        new NutPersistence(framework.getBundleContext(), told::incrementAndGet);
        assertThat(told).hasValue(0);
        framework.stop();
    }

    @Test
    void goesOnInSomebodyElsesFramework() throws Exception {
        Site.in(directory);
        Files.delete(directory.resolve("upsd.users"));
        Framework framework = framework();
        framework.init();
        assertThat(new NutPersistence(framework.getBundleContext(), () -> {}).exists("cobnut.upsd"))
                .isTrue();
        framework.stop();
    }

    private Framework framework() {
        return new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        directory.resolve("cache").toString(),
                        "cobnut.confpath",
                        directory.toString()));
    }
}
