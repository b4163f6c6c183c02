package org.cobnut.conf.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.conf.Site;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the field's own files hold: a bad word in a good line, a head that stands twice, faults that were there before. */
class KindsTest {
    @TempDir
    Path directory;

    private static ParsedFile read(Schema schema, String text) {
        return new ParsedFile(
                ConfFile.parse(schema.file(), schema.style(), text.getBytes(StandardCharsets.ISO_8859_1)), schema);
    }

    private static String shown(Object value) {
        return value instanceof String[] all ? String.join("|", all) : String.valueOf(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            UPSMON_CONF; NOTIFYFLAG ONBATT SYSLOG+WALLi+EXEC; notifyflag; ONBATT SYSLOG+EXEC; WALLi
            UPSMON_CONF; NOTIFYFLAG onbatt SYSLOG++EXEC+wall; notifyflag; ONBATT SYSLOG+EXEC; +wall
            UPSMON_CONF; NOTIFYFLAG ONBATT EXEC WALL; notifyflag; ONBATT EXEC; takes 2 words
            UPSMON_CONF; NOTIFYMSG ONBATT "on battery" now; notifymsg; ONBATT "on battery"; takes 2 words
            UPSMON_CONF; MONITOR a@b 2x u p master; monitor; a@b 2 u p master; a power value
            UPSMON_CONF; MONITOR a@b 1 u p slave 192.168.1.1 more; monitor; a@b 1 u p slave; takes 5 words
            UPSMON_CONF; CERTHOST h "n m" perhaps 1; certhost; h "n m" -1 1; 'perhaps'
            UPSMON_CONF; CERTHOST h n yes no; certhost; h n 1 0;
            UPSMON_CONF; CERTHOST h n 1 1 1; certhost; h n 1 1; takes 4 words
            UPSMON_CONF; CERTVERIFY -1; certverify; false;
            UPSMON_CONF; DEADTIME 25s; deadtime; 25; '25s'
            UPSMON_CONF; POLLFREQ 5,; pollfreq; 5; '5,'
            UPSMON_CONF; FINALDELAY 0x; finaldelay; 0; '0x'
            UPSMON_CONF; OFFDURATION -1.5; offduration; -1; '-1.5'
            UPSMON_CONF; SHUTDOWNEXIT 10sec; shutdownexit; 10; '10sec'
            UPSMON_CONF; ALARMCRITICAL 2; alarmcritical; true;
            UPSD_CONF; LISTEN 127.0.0.1 3493 ::1; listen; 127.0.0.1 3493; takes 2 words
            UPSD_CONF; LISTEN 0.0.0.0 nut; listen; 0.0.0.0 3493;
            UPSD_CONF; MAXAGE 15seconds; maxage; 15; '15seconds'
            UPSSCHED_CONF; AT ONBATT * START-TIMER t 30s; at; ONBATT * START-TIMER t 30; '30s'
            UPSSCHED_CONF; AT ONBATT * EXECUTE a b c; at; ONBATT * EXECUTE a b; takes 5 words
            """)
    void keepsTheGoodPartOfALineAndWarnsOfTheRest(Schema schema, String line, String key, String value, String said) {
        String watched = schema == Schema.UPSMON_CONF ? "\nMONITOR a@b 1 u p primary\n" : "\n";
        ParsedFile parsed = read(schema, line + watched);
        String got = shown(parsed.global().values().get(key));
        assertThat(key.equals("monitor") ? got.replace("|a@b 1 u p primary", "") : got)
                .isEqualTo(value);
        List<Fault> faults = parsed.faults().stream()
                .filter(fault -> !fault.reason().contains("CMDSCRIPT"))
                .toList();
        assertThat(faults).noneMatch(Fault::grave);
        if (said == null) assertThat(faults).isEmpty();
        else assertThat(faults).singleElement().asString().contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            actions = SET FLY fsd; actions; SET|fsd; 'FLY'
            instcmds = test.* beeper.off; instcmds; beeper.off; 'test.*'
            Actions = SET; actions; SET;
            UPSMON Primary; upsmon; primary;
            upsmon master now; upsmon; primary; takes one word
            """)
    void keepsTheGoodWordsOfAUser(String line, String key, String value, String said) {
        ParsedFile parsed = read(Schema.UPSD_USERS, "[u]\npassword = p\n" + line + "\n");
        assertThat(shown(parsed.find("u").orElseThrow().values().get(key))).isEqualTo(value);
        assertThat(parsed.faults()).noneMatch(Fault::grave).hasSize(said == null ? 0 : 1);
        if (said != null) assertThat(parsed.faults().get(0).reason()).contains(said);
    }

    @Test
    void mergesASectionWhoseHeadStandsTwice() {
        ParsedFile parsed = read(Schema.UPS_CONF, """
                [a]
                driver = dummy-ups
                desc = one
                [b]
                driver = x
                port = y
                [a]
                port = a.dev
                desc = two
                mode = dummy-once
                """);
        assertThat(parsed.sections()).extracting(SectionValues::name).containsExactly("a", "b");
        assertThat(parsed.find("a").orElseThrow().values())
                .containsEntry("driver", "dummy-ups")
                .containsEntry("port", "a.dev")
                .containsEntry("desc", "two");
        assertThat(parsed.faults()).noneMatch(Fault::grave);
        assertThat(parsed.faults())
                .extracting(Fault::toString)
                .contains("ups.conf:7: section [a] stands already on line 1; both count");
    }

    @Test
    void mergesAUserWhoseFirstPasswordCounts() {
        ParsedFile parsed =
                read(Schema.UPSD_USERS, "[a]\npassword = x\nactions = SET\n[b]\npassword = z\n[a]\nactions = FSD\n");
        var values = parsed.find("a").orElseThrow().values();
        assertThat(values).containsEntry("password", "x");
        assertThat(shown(values.get("actions"))).isEqualTo("SET|FSD");
        assertThat(shown(parsed.find("b").orElseThrow().values().get("actions")))
                .isEqualTo("null");
    }

    @Test
    void findsTheLinesOfBothPartsWhenItIsEdited() throws IOException {
        Site site = Site.in(directory);
        String text =
                "[a] # 1\n\tdriver = d # 2\n\tdesc = one # 3\n\n# b\n[b]\ndriver = x\nport = y\n[a]\n  port = p # 4\n  x = y\n";
        site.write("ups.conf", text);
        NutFiles files = site.files();
        Map<String, Object> values = new HashMap<>(files.configurations().get("cobnut.ups~a"));
        values.put("driver", "e");
        values.put("port", "q");
        values.put("pollinterval", 9);
        values.put("options", new String[] {"x = z"});
        files.store("cobnut.ups~a", values);
        assertThat(site.read("ups.conf"))
                .isEqualTo(text.replace("= d #", "= e #")
                        .replace("= p #", "= q #")
                        .replace("x = y\n", "x = z\n  pollinterval = 9\n"));
        assertThat(files.configurations().get("cobnut.ups~a"))
                .containsEntry("port", "q")
                .containsEntry("pollinterval", 9);
        files.delete("cobnut.ups~a");
        assertThat(site.read("ups.conf")).isEqualTo("\n# b\n[b]\ndriver = x\nport = y\n");
    }

    @Test
    void toleratesAtAReloadWhatTheStartTolerated() throws IOException {
        Site site = Site.in(directory);
        site.edit("upsd.users", "  password = hidden\n", "  password = hidden\n  admin master\n");
        site.edit("ups.conf", "[second]", "nonsense here\n[second]");
        site.edit("upsd.conf", "MAXAGE 15", "MAXAGE soon");
        NutFiles files = site.files();
        site.edit("ups.conf", "[first]", "[third]\ndriver = a\nport = b\n[first]");
        site.edit("upsd.users", "hidden", "changed");
        site.edit("upsd.conf", "LISTEN ::1", "LISTEN ::1\nMAXCONN 9");
        assertThat(files.take(files.readDisk()).refused()).isEmpty();
        assertThat(files.configurations()).containsKey("cobnut.ups~third");
        assertThat(files.configurations().get("cobnut.user~watcher")).containsEntry("password", "changed");
        assertThat(files.configurations().get("cobnut.upsd")).containsEntry("maxconn", 9);
        site.edit("upsd.users", "  admin master\n", "  admin master\n  more stray\n");
        site.edit("upsd.users", "changed", "again");
        assertThat(files.take(files.readDisk()).refused())
                .extracting(Fault::toString)
                .containsExactly("upsd.users:9: KEY = VALUE is wanted");
        assertThat(files.configurations().get("cobnut.user~watcher")).containsEntry("password", "changed");
        assertThat(files.take(files.readDisk()).refused())
                .as("as long as it stands there")
                .hasSize(1);
        site.edit("upsd.users", "  more stray\n", "");
        assertThat(files.take(files.readDisk()).refused()).isEmpty();
        assertThat(files.configurations().get("cobnut.user~watcher")).containsEntry("password", "again");
    }

    @Test
    void editsThroughConfigurationAdminWhatIsSound() throws IOException {
        Site site = Site.in(directory);
        NutFiles files = site.files();
        site.edit("ups.conf", "  port = auto\n", "  port auto\n");
        files.take(files.readDisk());
        Map<String, Object> first = new HashMap<>(files.configurations().get("cobnut.ups~first"));
        first.put("port", "other.dev");
        files.store("cobnut.ups~first", first);
        assertThat(site.read("ups.conf")).contains("other.dev").contains("  port auto\n");
        assertThat(files.configurations().get("cobnut.ups~second")).containsEntry("port", "auto");
        Map<String, Object> second = new HashMap<>(files.configurations().get("cobnut.ups~second"));
        second.put("port", "x");
        assertThatIOException()
                .isThrownBy(() -> files.store("cobnut.ups~second", second))
                .withMessageContaining("correct the file first: ups.conf:");
    }

    @Test
    void waitsForTheRestOfAnUpsmonConf() throws IOException {
        Site site = Site.in(directory);
        NutFiles files = site.files();
        site.write("upsmon.conf", "SHUTDOWNCMD \"/sbin/shutdown -h +0\"\n");
        assertThat(files.take(files.readDisk()).refused()).isEmpty();
        assertThat(files.configurations()).doesNotContainKey("cobnut.upsmon");
        site.write("upsmon.conf", "SHUTDOWNCMD \"/sbin/shutdown -h +0\"\nMONITOR first@localhost 1 a b primary\n");
        files.take(files.readDisk());
        assertThat(files.configurations()).containsKey("cobnut.upsmon");
        site.write("upsmon.conf", "SHUTDOWNCMD \"/sbin/shutdown -h +0\"\n");
        assertThat(files.take(files.readDisk()).refused())
                .as("nobody is left unwatched by mistake")
                .hasSize(1);
        assertThat(files.configurations().get("cobnut.upsmon")).containsKey("monitor");
    }

    @Test
    void refusesAKeyThatThereIsNot() throws IOException {
        NutFiles files = Site.in(directory).files();
        for (String pid : List.of("cobnut.upsd", "cobnut.ups~first", "cobnut.user~admin")) {
            Map<String, Object> values = new HashMap<>(files.configurations().get(pid));
            values.put("nosuchkey", "x");
            assertThatIOException()
                    .isThrownBy(() -> files.store(pid, values))
                    .withMessageContaining("has no key 'nosuchkey'");
        }
    }

    @Test
    void keepsTheBlanksOfAPassword() throws IOException {
        Site site = Site.in(directory);
        site.edit("ups.conf", "\tmode = dummy-once\n", "\tpassword = \"  a b \"\n");
        NutFiles files = site.files();
        Map<String, Object> values = new HashMap<>(files.configurations().get("cobnut.ups~first"));
        assertThat(shown(values.get("passwords"))).isEqualTo("password =   a b ");
        values.put("port", "p");
        files.store("cobnut.ups~first", values);
        assertThat(site.read("ups.conf")).contains("\tpassword = \"  a b \"\n");
        values.put("passwords", new String[] {"password =  c "});
        files.store("cobnut.ups~first", values);
        assertThat(site.read("ups.conf")).contains("\tpassword = \" c \"\n");
        assertThat(shown(files.configurations().get("cobnut.ups~first").get("passwords")))
                .isEqualTo("password =  c ");
    }

    @Test
    void skipsTheMarkWithWhichSomeEditorsBegin() throws IOException {
        Site site = Site.in(directory);
        for (String name : List.of("nut.conf", "ups.conf", "upsd.conf", "upsd.users"))
            Files.write(directory.resolve(name), ("\ufeff" + site.read(name)).getBytes(StandardCharsets.UTF_8));
        NutFiles files = site.files();
        assertThat(files.inForce().faults()).isEmpty();
        Map<String, Object> nut = new HashMap<>(files.configurations().get("cobnut.nut"));
        nut.put("mode", "netserver");
        files.store("cobnut.nut", nut);
        assertThat(site.read("nut.conf")).isEqualTo("\ufeffMODE=netserver\n");
    }

    @Test
    void leavesALineAloneOfWhichOnlyAPartCounts() throws IOException {
        Site site = Site.in(directory);
        String text = "MONITOR a@b 1 u p primary\nNOTIFYFLAG ONBATT SYSLOG+WALLi # mine\nNOTIFYFLAG ONLINE EXEC\n";
        site.write("upsmon.conf", text);
        NutFiles files = site.files();
        Map<String, Object> values = new HashMap<>(files.configurations().get("cobnut.upsmon"));
        String[] flags = ((String[]) values.get("notifyflag")).clone();
        flags[1] = "ONLINE SYSLOG";
        values.put("notifyflag", flags);
        files.store("cobnut.upsmon", values);
        assertThat(site.read("upsmon.conf")).isEqualTo(text.replace("ONLINE EXEC", "ONLINE SYSLOG"));
        assertThat(Arrays.asList(flags)).contains("ONBATT SYSLOG");
    }
}
