package org.cobnut.conf.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.mirror.ConfigurationDiff;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.LineSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** upsmon.conf, whose lines hold passwords and whose absence is no error. */
class UpsmonConfSchemaTest {
    private static final String GOOD = "MONITOR ups@host 1 user \"pass word\" primary\nSHUTDOWNCMD /sbin/halt\n";

    @TempDir
    private Path dir;

    private static ParsedFile read(String text) {
        return new ParsedFile(
                ConfFile.parse("upsmon.conf", LineSyntax.DIRECTIVES, text.getBytes(StandardCharsets.US_ASCII)),
                Schema.UPSMON_CONF);
    }

    private static List<String> faults(String text) {
        return read(text).faults().stream().map(Fault::toString).toList();
    }

    @Test
    void mapsEveryDirective() {
        ParsedFile parsed = read(GOOD + """
                MONITOR other@[::1]:3494 0 user2 pass2 slave
                MINSUPPLIES 1
                NOTIFYCMD /bin/tell "a b" c
                NOTIFYMSG ONBATT "%s is \\"on\\" battery"
                NOTIFYFLAG ONBATT SYSLOG+EXEC
                NOTIFYFLAG ONLINE IGNORE
                SHUTDOWNEXIT no
                ALARMCRITICAL 0
                OFFDURATION -1
                DEBUG_MIN 1
                """);
        assertThat(parsed.faults()).isEmpty();
        Map<String, Object> values = parsed.global().values();
        assertThat((String[]) values.get("monitor"))
                .containsExactly("ups@host 1 user \"pass word\" primary", "other@[::1]:3494 0 user2 pass2 slave");
        assertThat((String[]) values.get("notifycmd")).containsExactly("/bin/tell", "a b", "c");
        assertThat((String[]) values.get("notifymsg")).containsExactly("ONBATT \"%s is \\\"on\\\" battery\"");
        assertThat((String[]) values.get("notifyflag")).containsExactly("ONBATT SYSLOG+EXEC", "ONLINE IGNORE");
        assertThat(values)
                .containsEntry("shutdownexit", -1)
                .containsEntry("alarmcritical", false)
                .containsEntry("offduration", -1);
    }

    @Test
    void saysWhatIsWrongWithoutSayingAnySecret() {
        assertThat(faults(GOOD + "MONITOR ups@host 1 hunter2 primary\n"))
                .containsExactly("upsmon.conf:3: MONITOR wants five words: UPS@HOST, a power value, a user, a password,"
                        + " and primary or secondary");
        assertThat(faults(GOOD + "MONITOR a@b one user hunter2 primary\n"))
                .containsExactly("upsmon.conf:3: MONITOR wants a power value of 0 or more as its second word");
        assertThat(faults(GOOD + "MONITOR a@b 1 user primary hunter2\n"))
                .containsExactly("upsmon.conf:3: MONITOR wants primary or secondary as its fifth word");
        assertThat(faults(GOOD + "NOTIFYFLAG ONBATT SYSLOG+SMOKE\n"))
                .containsExactly("upsmon.conf:3: NOTIFYFLAG wants SYSLOG, WALL, EXEC or IGNORE, joined by +,"
                        + " not 'SMOKE'; the rest of the line counts");
        assertThat(faults(GOOD + "NOTIFYFLAG ONBATT FIRE+SMOKE\n"))
                .containsExactly("upsmon.conf:3: NOTIFYFLAG wants SYSLOG, WALL, EXEC or IGNORE, joined by +,"
                        + " not 'FIRE+SMOKE'");
        assertThat(faults(GOOD + "NOTIFYMSG ONFIRE x\n"))
                .containsExactly("upsmon.conf:3: NOTIFYMSG wants a kind of notice as its first word, not 'ONFIRE'");
    }

    @Test
    void refusesPowerThatCannotReachMinsupplies() {
        assertThat(faults(GOOD + "MONITOR ups@host 5 user pass primary\nMINSUPPLIES 2\n"))
                .containsExactly("upsmon.conf:4: the power values of all MONITOR lines make 1, which is less than"
                        + " MINSUPPLIES 2");
        assertThat(faults("POLLFREQ 5\n")).hasSize(1);
        assertThat(faults("MINSUPPLIES 0\n")).isEmpty();
    }

    @Test
    void mayBeMissingAtTheStartButDoesNotVanish() throws IOException {
        for (String file : List.of("ups.conf", "upsd.conf", "upsd.users")) Files.writeString(dir.resolve(file), "");
        var files = new NutFiles(dir);
        assertThat(files.readDisk().missing()).isEmpty();
        files.adopt(files.readDisk());
        assertThat(files.configurations()).doesNotContainKey("cobnut.upsmon");
        Files.writeString(dir.resolve("upsmon.conf"), GOOD);
        files.adopt(files.readDisk());
        assertThat(files.configurations()).containsKey("cobnut.upsmon");
        Files.delete(dir.resolve("upsmon.conf"));
        assertThat(files.readDisk().missing()).singleElement().asString().contains("upsmon.conf");
    }

    @Test
    void isWrittenBackWithItsQuotes() throws IOException {
        for (String file : List.of("ups.conf", "upsd.conf", "upsd.users")) Files.writeString(dir.resolve(file), "");
        Files.writeString(dir.resolve("upsmon.conf"), "# mine\n" + GOOD);
        var files = new NutFiles(dir);
        files.adopt(files.readDisk());
        var values = new HashMap<>(files.configurations().get("cobnut.upsmon"));
        values.put("deadtime", 30);
        values.put(
                "monitor", new String[] {"ups@host 1 user \"pass word\" primary", "b@c 1 user \"x \\# y\" secondary"});
        files.store("cobnut.upsmon", values);
        assertThat(dir.resolve("upsmon.conf")).hasContent("""
                        # mine
                        MONITOR ups@host 1 user "pass word" primary
                        MONITOR b@c 1 user "x \\# y" secondary
                        SHUTDOWNCMD /sbin/halt
                        DEADTIME 30
                        """);
    }

    @Test
    void showsNoPasswordInADifference() {
        assertThat(ConfigurationDiff.between(
                        Map.of("cobnut.upsmon", Map.of("monitor", new String[] {"a@b 1 u hunter2 primary"})),
                        Map.of("cobnut.upsmon", Map.of("monitor", new String[] {"a@b 1 u hunter3 primary"}))))
                .singleElement()
                .asString()
                .doesNotContain("hunter");
    }
}
