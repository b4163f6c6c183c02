package org.cobnut.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The OCI image, made as {@code ./cobnut image} makes it and run by crun: as an account that is not root, with a read-only root
 * file system and without capabilities. What lies below it is a root of files of this machine, or, with
 * {@code -Dcobnut.long=true}, the one of Debian's packages that {@code run/image/root} makes.
 */
@Timeout(600)
class ImageIT {
    private static final Path FILES = Path.of("src/test/resources/image").toAbsolutePath();
    private static final Path HOME =
            Path.of(CobnutServer.program("cobnut")).getParent().getParent();
    private static final Path RECIPE = HOME.resolve("../../run/image").normalize();
    private static final String EPOCH = "1700000000";
    private static final Pattern HEALTH = Pattern.compile("\"Healthcheck\":\\{\"Test\":\\[\"CMD\",(.*?)]");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
    private static final String PASSWORD = "s3 \"cret#";

    @TempDir
    private Path directory;

    private House house;
    private String image;

    /** crun knows a machine with one kind of control groups only: it is shown no others. */
    private House.Ran crun(String... words) throws IOException {
        return house.run(crunCommand(words));
    }

    private String[] crunCommand(String... words) {
        var command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t cgroup2 none /sys/fs/cgroup && exec crun --root \"$0\" --cgroup-manager=disabled \"$@\"",
                directory.resolve("crun").toString()));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }

    @AfterEach
    void end() throws IOException {
        if (house != null) crun("delete", "--force", "cobnut-image-it");
    }

    private House.Ran inside(String... words) throws IOException {
        return crun(Stream.concat(Stream.of("exec", "--user", "3493:3493", "cobnut-image-it"), Stream.of(words))
                .toArray(String[]::new));
    }

    @BeforeEach
    void make() throws IOException {
        assumeThat(CobnutServer.built()).isTrue();
        assumeThat(House.user()).isEqualTo("root");
        for (String program : List.of("crun", "umoci", "skopeo"))
            assumeThat(Path.of("/usr/bin", program)).exists();
        house = new House(FILES, Map.of());
        assumeThat(house.run("unshare", "--mount", "mount", "-t", "cgroup2", "none", "/sys/fs/cgroup")
                        .exit())
                .as("name spaces of one's own")
                .isZero();
        String base = directory.resolve("base.tar").toString();
        ran(
                Boolean.getBoolean("cobnut.long")
                        ? house.run(RECIPE.resolve("root").toString(), EPOCH, base)
                        : house.run(
                                "env", "JAVA_HOME=" + System.getProperty("java.home"), "sh", FILES + "/base", base));
        for (String out : List.of("image", "again"))
            ran(house.run(
                    "env",
                    "COBNUT_IMAGE_COMPRESSION=none",
                    RECIPE.resolve("build").toString(),
                    HOME.toString(),
                    "1.0",
                    EPOCH,
                    base,
                    directory.resolve(out).toString()));
        image = directory.resolve("image") + ":1.0";
    }

    private static String ran(House.Ran ran) {
        assertThat(ran.exit()).as(ran.out() + ran.errors()).isZero();
        return ran.out();
    }

    @Test
    void servesWithoutRightsAndEndsWhenItIsTold() throws IOException {
        ran(house.run(
                "diff",
                "-r",
                directory.resolve("image").toString(),
                directory.resolve("again").toString()));
        String config = ran(house.run("skopeo", "inspect", "--config", "--raw", "oci:" + image));
        assertThat(config)
                .contains("\"User\":\"3493:3493\"", "\"3493/tcp\":{}", "\"/etc/nut\":{}", "\"StopSignal\":\"SIGTERM\"");
        Matcher health = HEALTH.matcher(config);
        assertThat(health.find()).isTrue();
        String[] healthCommand = WORD.matcher(health.group(1))
                .results()
                .map(word -> word.group(1))
                .toArray(String[]::new);

        Path volume = Files.createDirectory(directory.resolve("volume"));
        Files.copy(HOME.resolve("../../config/demo.dev"), volume.resolve("demo.dev"));
        ran(house.run("chown", "-R", "3493:3493", volume.toString()));
        Process container = run(
                volume,
                "NAME=rack",
                "DRIVER=dummy-ups",
                "PORT=demo.dev",
                "DESCRIPTION=the \"big\" one",
                "API_USER=ha",
                "API_PASSWORD=" + PASSWORD);
        try {
            servesTheHints(healthCommand);
            Files.writeString(volume.resolve("demo.dev"), "ups.status: OL\n");
            Files.writeString(volume.resolve("ups.conf"), "[rack]\ndriver = nutdrv_qx\nport = /dev/nowhere\n");
            House.waitFor(() -> fails(healthCommand), house::said);
        } finally {
            crun("kill", "cobnut-image-it", "TERM");
            assertThat(House.end(container)).as(house.said()).isZero();
        }
        assertThat(house.said()).contains("a first configuration for rack").doesNotContain(PASSWORD);
        assertThat(Files.readString(volume.resolve("upsd.users"))).doesNotContain(PASSWORD);
        theFilesOfTheVolumeCountForMore(volume);
    }

    private void servesTheHints(String... healthCommand) throws IOException {
        House.waitFor(() -> !fails(healthCommand), house::said);
        assertThat(ran(inside("upsc", "-L"))).isEqualTo("rack: the \"big\" one\n");
        // Its password is taken, and it may not do that.
        assertThat(inside("upsrw", "-s", "ups.id=x", "-u", "ha", "-p", PASSWORD, "rack")
                        .errors())
                .contains("ACCESS-DENIED");
        assertThat(house.said()).contains("Login failed for ha@127.0.0.1 on UPS [rack]: no right to SET");
        assertThat(ran(inside("id", "-u"))).isEqualTo("3493\n");
        assertThat(inside("touch", "/opt/cobnut/drivers/x").errors()).contains("Read-only file system");
        assertThat(ran(inside("sh", "-c", "tr '\\0' '\\n' < /proc/1/environ"))).doesNotContain(PASSWORD);
        assertThat(ran(inside("grep", "CapPrm", "/proc/1/status"))).contains("0000000000000000");
    }

    private boolean fails(String... healthCommand) {
        try {
            return inside(healthCommand).exit() != 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void theFilesOfTheVolumeCountForMore(Path volume) throws IOException {
        String before = Files.readString(volume.resolve("ups.conf"));
        Process container = run(volume, "NAME=other");
        House.waitFor(() -> !fails("upsc", "-L") || !container.isAlive(), house::said);
        crun("kill", "cobnut-image-it", "TERM");
        assertThat(House.end(container)).as(house.said()).isZero();
        assertThat(house.said()).contains("ups.conf is there, so NAME, DRIVER, PORT");
        assertThat(Files.readString(volume.resolve("ups.conf"))).isEqualTo(before);
    }

    private Process run(Path volume, String... environment) throws IOException {
        Path bundle = directory.resolve("bundle");
        if (!Files.exists(bundle)) ran(house.run("umoci", "unpack", "--image", image, bundle.toString()));
        var edit = new ArrayList<>(List.of("python3", FILES + "/bundle.py", bundle.toString(), volume.toString()));
        edit.addAll(List.of(environment));
        ran(house.run(edit.toArray(String[]::new)));
        return house.start(crunCommand("run", "--bundle", bundle.toString(), "cobnut-image-it"));
    }
}
