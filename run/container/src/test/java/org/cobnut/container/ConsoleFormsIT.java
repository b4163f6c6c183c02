package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.cobnut.testkit.Line;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web console by a real browser: what its forms do lands in NUT's files, and nothing else there changes. */
class ConsoleFormsIT {
    private static final String CREATE = "Create new factory configuration";

    private static final Pattern DEVICE =
            Pattern.compile("\"id\":\"?(\\d+)\"?,[^{}]*?org\\.cobnut\\.device\\.DeviceService");

    @TempDir
    private static Path directory;

    private static Console console;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        console = Console.start(directory);
        browser = new Browser(Files.createDirectory(directory.resolve("profile")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        console.close();
    }

    @Test
    void anEditedDeviceIsOneLineOfUpsConf() throws Exception {
        var before = console.file("ups.conf");
        browser.open(console.url("configMgr/cobnut.ups~demo"));
        browser.type("[name=desc]", "Edited in a browser");
        browser.press("Save");
        await("ups.conf", "Edited in a browser");
        assertThat(console.file("ups.conf")).isEqualTo(before.replace("A demonstration", "Edited in a browser"));

        browser.open(console.url("configMgr/cobnut.ups~demo"));
        browser.type("[name=desc]", "A demonstration");
        browser.press("Save");
        await("ups.conf", "A demonstration");
    }

    @Test
    void aNewDeviceRunsAndADeletedOneIsGone() throws Exception {
        var before = console.file("ups.conf");
        browser.open(console.url("configMgr"));
        browser.pressInRow("ups.conf: a device", CREATE);
        browser.type("[name=ups]", "second");
        browser.type("[name=driver]", "dummy-ups");
        browser.type("[name=port]", "demo.dev");
        browser.press("Save");
        console.run().awaitLine(line -> line.contains("Connected to UPS [second]"));
        assertThat(console.file("ups.conf")).isEqualTo(before + """

                [second]
                \tdriver = dummy-ups
                \tport = demo.dev
                """);

        browser.open(console.url("configMgr"));
        browser.pressInRow("second (dummy-ups)", "Delete");
        browser.confirm();
        awaitAbsence("ups.conf", "[second]");
        assertThat(console.file("ups.conf").strip()).isEqualTo(before.strip());
    }

    @Test
    void aNewUserMayLogInAndADeletedOneIsGone() throws Exception {
        var before = console.file("upsd.users");
        browser.open(console.url("configMgr"));
        browser.pressInRow("upsd.users: a user", CREATE);
        browser.type("[name=name]", "monitor");
        browser.type("[name=password]", "let me in");
        browser.find("[name=upsmon] option[value=secondary]").click();
        browser.press("Save");
        await("upsd.users", "[monitor]");
        assertThat(console.file("upsd.users"))
                .startsWith(before)
                .contains("password = \"let me in\"")
                .contains("upsmon = secondary");
        try (var client = new Line(console.upsdPort())) {
            client.ask("USERNAME monitor");
            client.ask("PASSWORD \"let me in\"");
            assertThat(client.ask("LOGIN demo")).isEqualTo("OK");
            browser.open(console.url("ups#/ups/demo"));
            assertThat(browser.awaitText("monitor from 127.0.0.1")).isEqualTo("monitor from 127.0.0.1");
        }

        browser.open(console.url("configMgr"));
        browser.pressInRow("monitor", "Delete");
        browser.confirm();
        awaitAbsence("upsd.users", "[monitor]");
    }

    @Test
    void theServersSettingsAreLiveAndWritten() throws Exception {
        var before = console.file("upsd.conf");
        browser.open(console.url("configMgr/cobnut.upsd"));
        browser.type("[name=maxage]", "20");
        browser.press("Save");
        await("upsd.conf", "MAXAGE 20");
        assertThat(console.file("upsd.conf")).isEqualTo(before + "MAXAGE 20\n");
    }

    @Test
    void whatStandsInAFileIsTextOnThePagesOfFelix() throws Exception {
        var file = console.cobnut().conf().resolve("ups.conf");
        var before = console.file("ups.conf");
        var evil = "<script>document.title='owned'</script><img src=x onerror=document.title='owned'>";
        Files.writeString(file, before.replace("A demonstration", evil));
        Optional<String> id = Optional.empty();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (id.isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            for (var device : DEVICE.matcher(console.get("services.json").body())
                    .results()
                    .toList())
                if (console.get("services/" + device.group(1) + ".json").body().contains("owned"))
                    id = Optional.of(device.group(1));
        }
        browser.open(console.url("services/" + id.get()));
        assertThat(browser.find("[id^=pluginInlineDetails] table").getText()).contains("<script>document.title=");
        browser.picture(Path.of(System.getProperty("cobnut.kit"), "console-service.png"));
        assertThat(browser.title()).doesNotContain("owned");
        for (var page : List.of("components", "configMgr", "bundles", "ups", "vmstat")) {
            browser.open(console.url(page));
            browser.find("#main");
            browser.picture(Path.of(System.getProperty("cobnut.kit"), "console-" + page + ".png"));
            assertThat(browser.title()).as(page).doesNotContain("owned");
        }
        Files.writeString(file, before);
    }

    @Test
    void aRefusedFormSaysWhy() throws Exception {
        browser.open(console.url("configMgr/cobnut.upsd"));
        browser.type("[name=maxage]", "0");
        browser.press("Save");
        assertThat(browser.awaitText("MAXAGE wants a whole number above 0")).doesNotContain("500");
        browser.picture(Path.of(System.getProperty("cobnut.kit"), "console-refused.png"));
    }

    private static void await(String file, String text) throws IOException {
        await(file, text, true);
    }

    private static void awaitAbsence(String file, String text) throws IOException {
        await(file, text, false);
    }

    private static void await(String file, String text, boolean there) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (console.file(file).contains(text) != there) {
            assertThat(System.nanoTime())
                    .as(
                            "%s of '%s' in %s; the log: %s",
                            there ? "presence" : "absence",
                            text,
                            file,
                            console.run().said())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
