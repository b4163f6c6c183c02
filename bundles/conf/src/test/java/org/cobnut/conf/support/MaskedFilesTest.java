package org.cobnut.conf.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.cobnut.conf.Site;
import org.cobnut.conf.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No password of a file gets out, wherever it stands. */
class MaskedFilesTest {
    @TempDir
    Path directory;

    @Test
    void showsNoPasswordOfAnyFileAndTakesThemOutOfOtherTexts() throws IOException {
        Site site = Site.in(directory);
        site.write(
                "upsmon.conf", "MONITOR first@box 1 watcher \"hi den\" primary # hi den\nCERTIDENT name cert-pass\n");
        site.write("ups.conf", "[card]\ndriver = snmp-ups\nport = box\ncommunity = public7\nprivPassword = 'x'y\"\n");
        site.write("notify.conf", "[hook]\nurl = https://host/hidden-path\ntoken = hook-token\npassword = hook-word\n");
        var files = new MaskedFiles(directory);
        var all = new StringBuilder();
        for (Schema schema : Schema.values()) all.append(files.text(schema));
        assertThat(all.toString())
                .doesNotContain("s3cret", "hidden", "hi den", "cert-pass", "public7", "'x'", "hook-")
                .contains("1: MONITOR first@box 1 watcher ******** primary\n", "2: CERTIDENT name ********\n")
                .contains("4: community = ********\n", "3: port = box\n", "1: [admin]\n", "8: upsmon primary\n");
        assertThat(files.without("driver.parameter.community: other\nups.id: public7\nbattery.charge: 9\n"))
                .isEqualTo("driver.parameter.community: ********\nups.id: ********\nbattery.charge: 9\n");
    }

    @Test
    void writesAFileForItsOwnerOnlyAndNotOverAnother() throws IOException {
        Site.in(directory);
        Path home = directory.resolve("home");
        Path nutctl = Files.createDirectories(home.resolve("bin")).resolve("nutctl");
        Files.writeString(nutctl, "#!/bin/sh\necho \"$* says s3cret\"\n");
        Files.setPosixFilePermissions(nutctl, PosixFilePermissions.fromString("rwx------"));
        Path file = directory.resolve("support.zip");
        new SupportProgram(home, directory).write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var entries = new TreeMap<String, String>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : Collections.list(zip.entries()))
                entries.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(entries)
                .containsKeys("about.txt", "etc/ups.conf", "etc/upsd.users", "nutctl/plan.txt")
                .containsEntry("nutctl/events-500.txt", "events 500 says ********\n")
                .containsEntry("vars/first.txt", "vars first says ********\n");
        assertThat(String.join("", entries.values())).doesNotContain("s3cret", "hidden");
        assertThatThrownBy(() -> new SupportProgram(home, directory).write(file))
                .isInstanceOf(FileAlreadyExistsException.class);
    }
}
