package org.cobnut.conf.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cobnut.conf.Site;
import org.cobnut.conf.files.DiskState;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsedFileTest {
    @TempDir
    Path directory;

    private static ParsedFile read(Schema schema, String text) {
        return new ParsedFile(
                ConfFile.parse(schema.file(), schema.style(), text.getBytes(StandardCharsets.ISO_8859_1)), schema);
    }

    private static String shown(Map<String, Object> values) {
        var shown = new TreeMap<String, Object>();
        values.forEach((key, value) -> shown.put(key, value instanceof String[] all ? List.of(all) : value));
        return shown.toString();
    }

    @Test
    void mapsADevice() {
        ParsedFile parsed = read(Schema.UPS_CONF, """
                [ups1]
                driver=usbhid-ups
                port = "auto"
                desc = "a \\"big\\" one"
                pollinterval = 5
                sdorder = -1
                allow_killpower
                vendorid = 051d
                nolock = no
                default.battery.charge = "50 %"
                explore
                """);
        assertThat(parsed.faults()).isEmpty();
        assertThat(shown(parsed.sections().get(0).values()))
                .isEqualTo("{allow.killpower=true, desc=a \"big\" one, driver=usbhid-ups, nolock=false,"
                        + " options=[vendorid = 051d, default.battery.charge = 50 %, explore],"
                        + " pollinterval=5, port=auto, sdorder=-1}");
    }

    @Test
    void mapsTheServer() {
        ParsedFile parsed = read(Schema.UPSD_CONF, """
                LISTEN 127.0.0.1 3493
                LISTEN fe80::1%eth0
                LISTEN *
                LISTEN ups.example.org 3494
                MAXAGE 20
                ALLOW_NO_DEVICE -7
                DISABLE_WEAK_SSL On
                CERTIDENT "my ups" pass
                CERTREQUEST 2
                debug_min 3
                """);
        assertThat(parsed.faults()).isEmpty();
        assertThat(shown(parsed.global().values()))
                .isEqualTo("{allow.no.device=true, certident.password=[my ups, pass], certrequest=require, debug.min=3,"
                        + " disable.weak.ssl=true, listen=[127.0.0.1 3493, fe80::1%eth0, *, ups.example.org 3494],"
                        + " maxage=20}");
    }

    @Test
    void mapsUsers() {
        ParsedFile parsed = read(Schema.UPSD_USERS, """
                [admin]
                password = "p=w"
                actions = set FSD
                instcmds = test.battery.start beeper.off
                instcmds = ALL
                [mon]
                password = x
                upsmon slave
                [mon2]
                password = x
                upsmon = Master
                [alice]
                certificate = "/O=Here/CN=alice"
                """);
        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.sections().stream().map(scope -> shown(scope.values())))
                .containsExactly(
                        "{actions=[set, FSD], instcmds=[test.battery.start, beeper.off, ALL], password=p=w}",
                        "{password=x, upsmon=secondary}",
                        "{password=x, upsmon=primary}",
                        "{certificate=/O=Here/CN=alice}");
    }

    @Test
    void mapsNutConf() {
        ParsedFile parsed = read(Schema.NUT_CONF, """
                # a comment
                MODE=netserver   # behind
                export UPSD_OPTIONS="-4 \\"x\\""
                UPSMON_OPTIONS='a b'c
                ALLOW_NO_DEVICE=1
                export FOO
                """);
        assertThat(parsed.faults()).isEmpty();
        assertThat(shown(parsed.global().values()))
                .isEqualTo("{allow.no.device=true, mode=netserver, upsd.options=-4 \"x\", upsmon.options=a bc}");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "ON,true", "Yes,true", "1,true", "false,false", "off,false", "NO,false", "0,false"})
    void takesEveryFormOfTruth(String word, boolean truth) {
        for (String key : List.of("ALLOW_NO_DEVICE", "ALLOW_NOT_ALL_LISTENERS", "DISABLE_WEAK_SSL")) {
            ParsedFile parsed = read(Schema.UPSD_CONF, key + " " + word);
            assertThat(parsed.global().values()).containsValue(truth);
        }
    }

    @Test
    void joinsLinesAndTakesWindowsLineEnds() {
        ParsedFile parsed = read(Schema.UPSD_CONF, "LISTEN \\\n 127.0.0.1 \\\n 3493\r\nMAXAGE 7\r\nMAXCONN x\r\n");
        assertThat(shown(parsed.global().values())).isEqualTo("{listen=[127.0.0.1 3493], maxage=7}");
        assertThat(parsed.faults().get(0).line()).isEqualTo(5);
    }

    @Test
    void countsOnAfterALineInError() {
        ParsedFile parsed = read(Schema.UPSD_CONF, "MAXAGE \"1#5\" MAXCONN 3\nMAXCONN 7\n");
        assertThat(shown(parsed.global().values())).isEqualTo("{maxconn=7}");
        assertThat(parsed.faults()).hasSize(1);
    }

    @Test
    void skipsASectionThatLacksItsDriverAndKeepsTheOthers() {
        ParsedFile parsed = read(Schema.UPS_CONF, "[a]\nport=x\n[b]\ndriver=x\nport=y\n");
        assertThat(parsed.sections()).extracting(SectionValues::name).containsExactly("b");
    }

    @Test
    void tellsFileAndLine() {
        assertThat(read(Schema.UPS_CONF, "\n\npollinterval = abc\n").faults().get(0))
                .hasToString("ups.conf:3: pollinterval wants a whole number above 0, not 'abc'");
    }

    @Test
    void missesAFileByPathAndReason() throws Exception {
        Site.in(directory);
        Files.delete(directory.resolve("upsd.users"));
        Files.delete(directory.resolve("nut.conf"));
        assertThat(new NutFiles(directory).readDisk().faults())
                .extracting(Fault::toString)
                .containsExactly(directory.resolve("upsd.users") + ": cannot be read: no such file");
    }

    @Test
    void showsNoSecretInAnyToString() {
        ParsedFile parsed = read(Schema.UPSD_USERS, "[admin]\npassword = hunter2\n");
        assertThat(parsed.file().entries() + " " + new DiskState(Map.of(Schema.UPSD_USERS, parsed), List.of()))
                .doesNotContain("hunter2");
        assertThat(ValueTypes.secret(1, "x").read(List.of("hunter2")).toString())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"'q = \"%s\"', 'a b'", "'q = %s', '\\x'", "q=%s, x", "%s, ' \\x'"})
    void survivesALineOfAMegabyte(String form, String piece) {
        String text = form.formatted(piece.repeat(250_000));
        for (Schema schema : Schema.values())
            assertThat(read(schema, text).bytes()).hasSize(text.length());
    }
}
