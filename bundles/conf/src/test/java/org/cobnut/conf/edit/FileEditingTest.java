package org.cobnut.conf.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.cobnut.conf.Site;
import org.cobnut.conf.schema.Schema;
import org.cobnut.config.FileFault;
import org.cobnut.config.FileText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person edits on a page: secrets stay hidden and kept, and a bad line is refused with its file and line. */
class FileEditingTest {
    private static final String MONITORS = """
            # MONITOR old@box 1 spy hi-dden primary
            MONITOR first@box 1 watcher "hi den" primary # one
            MONITOR second@box 1 watcher hidden primary
            """.replace("\n", "\r\n");

    @TempDir
    Path directory;

    private final AtomicInteger reloads = new AtomicInteger();
    private Site site;
    private FileEditing editing;

    @BeforeEach
    void begin() throws IOException {
        site = Site.in(directory);
        editing = editing(false);
    }

    private FileEditing editing(boolean locked) {
        return new FileEditing(
                site.files(),
                () -> {
                    reloads.incrementAndGet();
                    return List.of();
                },
                locked);
    }

    private FileText edited(String name, String from, String to) throws IOException {
        FileText text = editing.read(name);
        assertThat(text.text()).contains(from);
        return new FileText(name, text.text().replace(from, to), text.version());
    }

    private String disk(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    @Test
    void noSecretIsShownAndEachStaysWhatItWas() throws IOException {
        site.write("upsmon.conf", MONITORS);
        site.write(
                "ups.conf", "[card]\n driver = snmp-ups\n port = box\n community = \"pub lic\"\n#privPassword=x7y8\n");
        for (String name : editing.names())
            assertThat(editing.read(name).text())
                    .as(name)
                    .doesNotContain("s3cret", "hidden", "hi den", "hi-dden", "pub lic", "x7y8");
        editing.write(edited("upsd.users", "actions = FSD", "actions = set"));
        assertThat(disk("upsd.users")).isEqualTo(Site.GOOD.get("upsd.users").replace("actions = FSD", "actions = set"));
        FileText upsmon = editing.read("upsmon.conf");
        assertThat(upsmon.text()).contains("MONITOR first@box 1 watcher \"********2\" primary # one\n");
        editing.write(new FileText("upsmon.conf", "MINSUPPLIES 1\n" + upsmon.text(), upsmon.version()));
        assertThat(disk("upsmon.conf")).isEqualTo("MINSUPPLIES 1\r\n" + MONITORS);
    }

    @Test
    void aMaskMovesOnlyToWhereASecretMayStand() throws IOException {
        editing.write(edited("upsd.users", "[watcher]", "[other]\n password = ********2\n[watcher]"));
        assertThat(disk("upsd.users")).contains("[other]\n password = hidden\n[watcher]\n  password = hidden\n");
        FileText leak = edited("upsd.users", "upsmon primary", "upsmon ********1");
        assertThatThrownBy(() -> editing.write(leak))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("upsd.users:10: ********");
        FileText comment = edited("upsd.users", "[watcher]", "[watcher] # ********1");
        assertThatThrownBy(() -> editing.check(comment)).hasMessageStartingWith("upsd.users:");
        FileText unknown = edited("upsd.users", "********1", "********99");
        assertThatThrownBy(() -> editing.write(unknown)).hasMessageStartingWith("upsd.users:2:");
    }

    @Test
    void aBadLineIsRefusedWithFileAndLineAndTheFileStays() throws IOException {
        FileText bad = edited("ups.conf", "pollinterval = 3", "pollinterval = often");
        assertThat(editing.check(bad))
                .first()
                .isEqualTo(
                        new FileFault("ups.conf", 2, "pollinterval wants a whole number above 0, not 'often'", true));
        assertThatThrownBy(() -> editing.write(bad)).hasMessageStartingWith("ups.conf:2: pollinterval wants");
        assertThat(disk("ups.conf")).isEqualTo(Site.GOOD.get("ups.conf"));
        assertThat(reloads).hasValue(0);
    }

    @Test
    void aTextOfAnOlderFileIsRefused() throws IOException {
        FileText old = edited("ups.conf", "In the cellar", "Upstairs");
        site.write("ups.conf", Site.GOOD.get("ups.conf") + "# another\n");
        assertThatThrownBy(() -> editing.write(old)).hasMessageContaining("has changed meanwhile");
        assertThat(disk("ups.conf")).endsWith("# another\n");
    }

    @Test
    void aGoodTextIsWrittenAndReadAnewAndANewFileIsMade() throws IOException {
        assertThat(editing.write(edited("ups.conf", "In the cellar", "Im K\u00e4fig")))
                .isEmpty();
        assertThat(disk("ups.conf")).isEqualTo(Site.GOOD.get("ups.conf").replace("In the cellar", "Im K\u00e4fig"));
        assertThat(editing.read("ups.conf").text()).contains("Im K\u00e4fig");
        assertThat(reloads).hasValue(1);
        editing.write(new FileText("upsmon.conf", "MINSUPPLIES 0\nSHUTDOWNCMD true\n", ""));
        assertThat(disk("upsmon.conf")).startsWith("MINSUPPLIES 0");
        assertThatThrownBy(() -> editing.read("../passwd")).hasMessage("NUT has no file ../passwd");
    }

    @Test
    void whoMayNotRunProgramsWritesNoFileThatNamesThem() throws IOException {
        var locked = editing(true);
        assertThatThrownBy(() -> locked.write(new FileText("upsmon.conf", "NOTIFYCMD /tmp/x\n", "")))
                .hasMessageContaining("COBNUT_LOCKED");
        locked.write(edited("ups.conf", "In the cellar", "Upstairs"));
        assertThat(disk("ups.conf")).contains("Upstairs");
    }

    @Test
    void aLineThatCannotBeReadAndMayHoldASecretIsHiddenWhole() throws IOException {
        byte[] bytes = "[a]\n password = \"open\nactions = SET\n".getBytes(StandardCharsets.ISO_8859_1);
        var mask = new SecretMask(Schema.UPSD_USERS, bytes);
        assertThat(mask.text()).doesNotContain("open");
        assertThat(mask.restored(mask.text())).isEqualTo(bytes);
    }
}
