package org.cobnut.conf.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cobnut.conf.Site;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.LineSyntax;
import org.cobnut.conf.text.LogicalLine;
import org.cobnut.conf.text.Tokens;
import org.cobnut.wire.Lexer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEditorTest {
    @TempDir
    Path directory;

    private Site site;
    private NutFiles files;

    @BeforeEach
    void begin() throws IOException {
        site = Site.in(directory);
        files = site.files();
    }

    private Map<String, Object> values(String pid) {
        return new HashMap<>(files.configurations().get(pid));
    }

    private void change(String pid, String key, Object value) throws IOException {
        Map<String, Object> values = values(pid);
        values.put(key, value);
        files.store(pid, values);
    }

    /** Expects the good file with one passage replaced. */
    private void expect(String name, String old, String fresh) throws IOException {
        assertThat(Site.GOOD.get(name)).contains(old);
        assertThat(site.read(name)).isEqualTo(Site.GOOD.get(name).replace(old, fresh));
    }

    @Test
    void changesOneValueAndNothingElse() throws IOException {
        change("cobnut.ups~first", "driver", "usbhid-ups");
        expect("ups.conf", "\"dummy-ups\"   # quoted", "\"usbhid-ups\"   # quoted");
        assertThat(values("cobnut.ups~first")).containsEntry("driver", "usbhid-ups");
    }

    @Test
    void quotesOnlyWhatMustBe() throws IOException {
        change("cobnut.ups~first", "port", "my \"best\" port #1");
        expect("ups.conf", "port = first.dev", "port = \"my \\\"best\\\" port \\#1\"");
        assertThat(values("cobnut.ups~first")).containsEntry("port", "my \"best\" port #1");
    }

    @Test
    void addsAKeyAtTheEndOfItsSection() throws IOException {
        change("cobnut.ups~second", "pollinterval", 9);
        expect("ups.conf", "  vendorid = 051d\n", "  vendorid = 051d\n  pollinterval = 9\n");
    }

    @Test
    void takesAFlagAway() throws IOException {
        change("cobnut.ups~first", "ignorelb", false);
        expect("ups.conf", "\tignorelb\n", "");
    }

    @Test
    void takesAWholeLineAwayWithItsKey() throws IOException {
        Map<String, Object> values = values("cobnut.ups~first");
        values.remove("desc");
        files.store("cobnut.ups~first", values);
        expect("ups.conf", "\tdesc = \"In the cellar\"\n", "");
    }

    @Test
    void changesADriversOwnKeys() throws IOException {
        change("cobnut.ups~first", "options", new String[] {"mode = dummy-loop", "explore", "note = a b"});
        expect("ups.conf", "\tmode = dummy-once\n", "\tmode = dummy-loop\n\texplore\n\tnote = \"a b\"\n");
    }

    @Test
    void keepsSecretsApartAndTheirLinesInPlace() throws IOException {
        change("cobnut.ups~first", "passwords", new String[] {"password = hush"});
        change("cobnut.ups~first", "options", new String[] {"mode = dummy-once", "note = x"});
        expect(
                "ups.conf",
                "\tmode = dummy-once\n\tignorelb\n",
                "\tmode = dummy-once\n\tnote = x\n\tignorelb\n\tpassword = hush\n");
        assertThat(values("cobnut.ups~first"))
                .containsEntry("passwords", new String[] {"password = hush"})
                .containsEntry("options", new String[] {"mode = dummy-once", "note = x"});
        change("cobnut.ups~first", "passwords", new String[] {"password = hush2"});
        assertThat(site.read("ups.conf")).contains("\tpassword = hush2\n").doesNotContain("hush\n");
    }

    @Test
    void refusesASecretAmongTheOptionsForTheyAreShown() throws IOException {
        String before = site.read("ups.conf");
        assertThatThrownBy(() -> change("cobnut.ups~first", "options", new String[] {"authPassword = hush"}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'authPassword' belongs into passwords")
                .hasMessageNotContaining("hush");
        assertThat(site.read("ups.conf")).isEqualTo(before);
    }

    @Test
    void addsAndRemovesListenersInPlace() throws IOException {
        change("cobnut.upsd", "listen", new String[] {"127.0.0.1 3493", "10.0.0.1 3494", "::1"});
        expect("upsd.conf", "# IPv4\n", "# IPv4\nLISTEN 10.0.0.1 3494\n");
        change("cobnut.upsd", "listen", new String[] {"::1"});
        expect("upsd.conf", "LISTEN 127.0.0.1 3493   # IPv4\n", "");
    }

    @Test
    void changesAPasswordAndLeavesTheLinesOfActionsAlone() throws IOException {
        change("cobnut.user~admin", "password", "n3w");
        expect("upsd.users", "\"s3cret\"", "\"n3w\"");
    }

    @Test
    void keepsTheKeywordFormOfUpsmon() throws IOException {
        change("cobnut.user~watcher", "upsmon", "secondary");
        expect("upsd.users", "upsmon primary", "upsmon secondary");
    }

    @Test
    void writesActionsOnOneLineWhenTheyChange() throws IOException {
        change("cobnut.user~admin", "actions", new String[] {"FSD", "SET", "LOGIN"});
        expect("upsd.users", "  actions = SET\n  actions = FSD\n", "  actions = FSD SET LOGIN\n");
    }

    @Test
    void writesNutConfAsAShellReadsIt() throws IOException {
        change("cobnut.nut", "mode", "netserver");
        change("cobnut.nut", "upsd.options", "-4 $x");
        assertThat(site.read("nut.conf")).isEqualTo("MODE=netserver\nUPSD_OPTIONS=\"-4 \\$x\"\n");
        assertThat(values("cobnut.nut")).containsEntry("upsd.options", "-4 $x");
    }

    @Test
    void writesNothingWhenNothingIsNew() throws IOException {
        Object before =
                Files.readAttributes(directory.resolve("ups.conf"), "unix:ino").get("ino");
        change("cobnut.ups~first", "pollinterval", "");
        change("cobnut.ups~first", ":org.apache.felix.configadmin.revision:", 7L);
        change("cobnut.upsd", "maxage", "15");
        assertThat(Files.readAttributes(directory.resolve("ups.conf"), "unix:ino"))
                .containsEntry("ino", before);
    }

    @Test
    void writesNoneOfTheDefaultsOfAForm() throws IOException {
        Map<String, Object> values = values("cobnut.ups~first");
        values.putAll(Map.of("pollinterval", 0, "sdorder", 0, "debug.min", -1, "synchronous", "", "order", 0));
        values.putAll(Map.of("sdcommands", new String[0], "allow.killpower", false, "nolock", false));
        files.store("cobnut.ups~first", values);
        assertThat(site.read("ups.conf")).isEqualTo(Site.GOOD.get("ups.conf"));
        values.put("sdcommands", new String[] {"shutdown.return", "load.off"});
        values.put("order", 0);
        files.store("cobnut.ups~first", values);
        expect("ups.conf", "\tignorelb\n", "\tignorelb\n\tsdcommands = shutdown.return,load.off\n");
        assertThat(files.says("cobnut.ups~first", values)).isTrue();
    }

    @Test
    void takesALineAwayThatGoesBackToItsDefault() throws IOException {
        change("cobnut.upsd", "maxage", 20);
        change("cobnut.upsd", "maxage", 15);
        expect("upsd.conf", "MAXAGE 15\n", "");
    }

    @Test
    void addsASectionBornInConfigurationAdmin() throws IOException {
        String pid = "cobnut.ups.0b1f-77";
        files.store(pid, Map.of("ups", "third", "driver", "dummy-ups", "port", "t.dev", "ignorelb", true));
        expect("ups.conf", "051d\n", "051d\n\n[third]\n\tdriver = dummy-ups\n\tport = t.dev\n\tignorelb\n");
        assertThat(values(pid)).containsEntry("ups", "third").containsEntry("order", -1);
        assertThat(site.files().configurations()).containsKey("cobnut.ups~third");
        files.delete(pid);
        assertThat(site.read("ups.conf")).isEqualTo(Site.GOOD.get("ups.conf") + "\n");
    }

    @Test
    void takesASectionOutAndLeavesTheCommentOfTheNext() throws IOException {
        files.delete("cobnut.ups~first");
        assertThat(site.read("ups.conf")).isEqualTo("""
                # what we have
                pollinterval = 3


                # and the new one
                [second]
                  driver = usbhid-ups
                  port = auto
                  vendorid = 051d
                """);
        assertThat(files.configurations()).doesNotContainKey("cobnut.ups~first").containsKey("cobnut.ups~second");
    }

    @Test
    void refusesWhatTheFileWouldNotTake() throws IOException {
        refuses("cobnut.ups~first", "pollinterval", -5, "pollinterval wants a whole number above 0, not '-5'");
        refuses("cobnut.upsd", "listen", "127.0.0.1 99999", "a port from 1 to 65535");
        refuses("cobnut.user~admin", "password", "tschüß", "printable ASCII");
        refuses("cobnut.user~admin", "password", "x".repeat(513), "printable ASCII");
        refuses("cobnut.ups~first", "desc", "two\nlines", "printable ASCII");
        refuses("cobnut.ups~first", "ups", "other", "cannot take another name");
        refuses("cobnut.ups.123", "ups", "", "needs its name");
        for (Map.Entry<String, String> file : Site.GOOD.entrySet())
            assertThat(site.read(file.getKey())).isEqualTo(file.getValue());
    }

    private void refuses(String pid, String key, Object value, String reason) {
        var values = new HashMap<String, Object>(files.configurations().getOrDefault(pid, Map.of("driver", "x")));
        values.put(key, value);
        assertThatIOException()
                .isThrownBy(() -> files.store(pid, values))
                .withMessageContaining(reason)
                .withMessageNotContaining("xxxx");
    }

    @Test
    void refusesAnEditOfAFileThatSomebodyElseBroke() throws IOException {
        site.edit("upsd.conf", "MAXAGE 15", "MAXAGE soon");
        assertThatIOException()
                .isThrownBy(() -> change("cobnut.upsd", "maxconn", 7))
                .withMessageContaining("correct the file first: upsd.conf:4");
    }

    @Test
    void editsOnTopOfWhatSomebodyElseWrote() throws IOException {
        site.edit("upsd.conf", "MAXAGE 15", "MAXAGE 17");
        change("cobnut.upsd", "maxconn", 7);
        expect("upsd.conf", "MAXAGE 15\n", "MAXAGE 17\nMAXCONN 7\n");
    }

    @Test
    void replacesTheFileAsAWholeAndKeepsItsModeAndOwner() throws IOException {
        Path users = directory.resolve("upsd.users");
        try (var old = Files.newInputStream(users)) {
            change("cobnut.user~admin", "password", "n3w");
            // Who had the file open still sees the old one, whole: it was renamed over, not written into.
            assertThat(new String(old.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(Site.GOOD.get("upsd.users"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
                .isEqualTo("rw-r-----");
        try (var all = Files.list(directory)) {
            assertThat(all).hasSize(Site.GOOD.size());
        }
    }

    @Test
    void writesThroughASymbolicLink() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real")).resolve("upsd.conf");
        Files.move(directory.resolve("upsd.conf"), real);
        Files.createSymbolicLink(directory.resolve("upsd.conf"), real);
        change("cobnut.upsd", "maxage", 9);
        assertThat(directory.resolve("upsd.conf")).isSymbolicLink();
        assertThat(Files.readString(real)).contains("MAXAGE 9");
    }

    @Test
    void leavesTheOldFileWhenTheNewOneCannotBeWritten() throws IOException {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        Site other = Site.in(gone);
        NutFiles elsewhere = other.files();
        Files.delete(gone.resolve("upsd.conf"));
        assertThatIOException().isThrownBy(() -> elsewhere.store("cobnut.upsd", Map.of("maxage", 3)));
        assertThat(elsewhere.configurations().get("cobnut.upsd")).containsEntry("maxage", 15);
    }

    /** Lines of every kind that the files know, in any order. */
    private static final List<String> PIECES = List.of(
            "[a]\n",
            "[b] # b\n",
            "\tdriver = \"dummy-ups\"  # d\n",
            "port=auto\n",
            "  desc = \"a \\\"b\\\" \\# c\"\r\n",
            "\n",
            "# comment \"x\n",
            "   \t\n",
            "ignorelb\n",
            "x = y z # w\n",
            "LISTEN 127.0.0.1 \\\n 3493\n",
            "k\\ ey = v\\=w\n",
            "\\\n",
            "q = \"\"\n",
            "m\"x = a\"b\n",
            "u = B\u00fcro\n",
            "t = \"two\nlines\"\n",
            "=\n");

    @Test
    void writesFiveHundredRandomFilesBackByteForByte() {
        var random = new Random(7);
        for (int i = 0; i < 500; i++) {
            String text = random(random);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (Schema schema : Schema.values()) {
                ConfFile file = ConfFile.parse(schema.file(), schema.style(), bytes);
                assertThat(file.bytes()).isEqualTo(bytes);
                assertThat(file.edit().done().bytes()).isEqualTo(bytes);
                ParsedFile parsed = new ParsedFile(file, schema);
                Map<String, Object> same = parsed.global().values();
                assertThat(FileEditor.store(parsed, schema.global(), "", same).bytes())
                        .isEqualTo(bytes);
                for (SectionValues scope : parsed.sections())
                    assertThat(FileEditor.store(parsed, scope.table(), scope.name(), scope.values())
                                    .bytes())
                            .isEqualTo(bytes);
            }
        }
    }

    @Test
    void findsTheWordsWhereTheLexerSeesThem() {
        var random = new Random(8);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = random(random).getBytes(StandardCharsets.ISO_8859_1);
            for (LogicalLine entry :
                    ConfFile.parse("x", LineSyntax.SECTIONS, bytes).entries()) {
                if (entry.words().isEmpty()) continue;
                List<String> read = new ArrayList<>();
                for (String word : Tokens.of(entry.raw()))
                    read.addAll(Lexer.lines(word).get(0));
                assertThat(read).as(entry.raw()).isEqualTo(entry.words());
            }
        }
    }

    @Test
    void changesOneRandomValueAndNoOtherLine() {
        var random = new Random(9);
        int tried = 0;
        for (int i = 0; i < 500; i++) {
            String text = "[z]\ndriver = d\nport = p\n" + random(random);
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            ParsedFile parsed = new ParsedFile(ConfFile.parse("ups.conf", LineSyntax.SECTIONS, bytes), Schema.UPS_CONF);
            SectionValues scope = parsed.find("z").orElseThrow();
            var values = new HashMap<String, Object>(scope.values());
            String port = "p" + random.nextInt(1000) + " \"#\\=";
            values.put("port", port);
            if (scope.mentioned("port") == 0 || text.split("port").length > 2) continue;
            tried++;
            ConfFile edited = FileEditor.store(parsed, scope.table(), "z", values);
            assertThat(new String(edited.bytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(text.replace("port = p", "port = " + org.cobnut.wire.Quote.quote(port)));
        }
        assertThat(tried).isGreaterThan(50);
    }

    private static String random(Random random) {
        var text = new StringBuilder();
        int lines = random.nextInt(12);
        for (int k = 0; k < lines; k++) text.append(PIECES.get(random.nextInt(PIECES.size())));
        if (text.length() > 0 && random.nextInt(3) == 0) text.setLength(text.length() - 1);
        return text.toString();
    }
}
