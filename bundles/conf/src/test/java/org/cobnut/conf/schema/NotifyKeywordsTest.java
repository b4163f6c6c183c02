package org.cobnut.conf.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.conf.Site;
import org.cobnut.conf.check.CheckProgram;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.conf.files.ReadScope;
import org.cobnut.conf.files.ReloadDecision;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.LineSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** notify.conf: targets of our kinds, and of others. */
class NotifyKeywordsTest {
    private static final Path SAMPLE = Path.of("../../config/notify.conf.sample");
    private static final String MAIL =
            "[mail]\nkind = mail\nserver = s\nfrom = a@b\nto = c@d\npassword = s3cret-word\nuser = u\n";

    @TempDir
    private Path directory;

    @Test
    void theSampleSaysNothingAndWorksWhenUncommented() throws IOException {
        String sample = Files.readString(SAMPLE);
        assertThat(read(sample).sections()).isEmpty();
        ParsedFile all = read(uncommented(sample));
        assertThat(all.faults()).isEmpty();
        assertThat(all.sections())
                .extracting(SectionValues::name)
                .containsExactly("admin-mail", "slack", "discord", "phone", "gotify", "automation", "script");
        assertThat(all.sections())
                .allMatch(section -> section.values().containsKey("kind"))
                .noneMatch(section -> section.values().containsKey("options"));
    }

    /** The keywords that every target may have stand in the sample, too. */
    @Test
    void theSampleShowsEveryKeywordOfAllTargets() throws IOException {
        String sample = Files.readString(SAMPLE);
        for (String line :
                sample.lines().filter(each -> each.matches("#   \\w+ = .*")).toList()) {
            String setting = line.substring(1).strip().replaceFirst("\\s{2,}.*", "");
            assertThat(read("[x]\nkind = exec\ncommand = /bin/true\n" + setting + "\n")
                            .faults())
                    .as(setting)
                    .isEmpty();
        }
        for (String word : new String[] {"ups", "events", "quiet", "retries", "timeout"})
            assertThat(sample).contains("#   " + word + " = ");
    }

    @Test
    void aTargetIsAConfigurationWhoseSecretsAreKnownByTheirKeys() {
        ParsedFile parsed = read("""
                [hook]
                kind = webhook
                format = slack
                url = https://h/s3cret
                token = t
                ups = rack* office
                events = onbatt FSD
                retries = 2
                """);
        assertThat(parsed.faults()).isEmpty();
        Map<String, Object> values = parsed.sections().get(0).values();
        assertThat(values).containsKeys("url.password", "token.password").doesNotContainKeys("url", "token");
        assertThat(values.get("ups")).isEqualTo(new String[] {"rack*", "office"});
        assertThat(values.get("events")).isEqualTo(new String[] {"onbatt", "FSD"});
        assertThat(values.get("retries")).isEqualTo(2);
        assertThat(values.keySet().stream().filter(NutFiles::secret)).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            kind = mail;server = s;from = a@b           | notify.conf:1: target [x] is of kind mail, which needs to
            kind = webhook                              | notify.conf:1: target [x] is of kind webhook, which needs format, url
            kind = exec                                 | notify.conf:1: target [x] is of kind exec, which needs command
            server = s                                  | notify.conf:1: section [x] has no kind
            kind = exec;command = /bin/true;port = 25   | notify.conf:4: target [x] is of kind exec, which has no 'port'
            kind = exec;command = /bin/true;evnets = FSD | notify.conf:4: target [x] is of kind exec, which has no 'evnets'
            kind = exec;command = /bin/true;s3cretword  | notify.conf:4: KEY = VALUE is wanted
            kind = exec;command = /bin/true;events = FSD ONFIRE | notify.conf:4: events wants kinds of notices, such as ONBATT and LOWBATT, not 'ONFIRE'
            kind = exec;command = /bin/true;quiet = night | notify.conf:4: quiet wants two times, as in 22:00-07:00, not 'night'
            kind = exec;command = /bin/true;quiet = 22:00-24:01 | notify.conf:4: quiet wants two times, as in 22:00-07:00, not '22:00-24:01'
            kind = mail;server = s;from = a@b;to = admin | notify.conf:5: to wants mail addresses, not 'admin'
            kind = mail;server = s;from = a@b;to = a@b;tls = ssl | notify.conf:6: tls wants one of starttls, implicit, none, not 'ssl'
            kind = mail;server = s;from = a@b;to = a@b;port = 99999 | notify.conf:6: port wants a port from 1 to 65535, not '99999'
            kind = webhook;format = teams;url = https://x/s3cret | notify.conf:3: format wants one of slack, discord, ntfy, gotify, json, not 'teams'
            """)
    void namesTheLineOfWhatIsWrong(String lines, String fault) {
        assertThat(read("[x]\n" + lines.replace(';', '\n') + "\n").faults())
                .singleElement()
                .hasToString(fault)
                .asString()
                .doesNotContain("s3cret");
    }

    @Test
    void nothingStandsBeforeTheFirstTarget() {
        assertThat(read("kind = mail\n").faults())
                .singleElement()
                .hasToString("notify.conf:1: this line stands before the first [target] and belongs to nobody");
    }

    @Test
    void aTargetOfAnotherBundleHasItsOwnKeywords() {
        ParsedFile parsed = read("[x]\nkind = siren\nloudness = 11\napi-token = s3cret\n");
        assertThat(parsed.faults()).isEmpty();
        Map<String, Object> values = parsed.sections().get(0).values();
        assertThat(values.get("options")).isEqualTo(new String[] {"loudness = 11"});
        assertThat(values.get("passwords")).isEqualTo(new String[] {"api-token = s3cret"});
    }

    @Test
    void aBadEditKeepsTheTargetAsItWasAndTheOthersCount() throws IOException {
        NutFiles files = site(MAIL);
        files.adopt(files.readDisk());
        Files.writeString(
                directory.resolve("notify.conf"),
                MAIL.replace("to = c@d", "to = nobody") + "[script]\nkind = exec\ncommand = /bin/true\n");
        ReloadDecision decision = files.take(files.readDisk());
        assertThat(decision.refused())
                .singleElement()
                .hasToString("notify.conf:5: to wants mail addresses, not 'nobody'");
        assertThat(files.configurations().get("cobnut.notify~mail").get("to")).isEqualTo(new String[] {"c@d"});
        assertThat(files.configurations()).containsKey("cobnut.notify~script");
    }

    @Test
    void whatIsEditedInConfigurationAdminGoesIntoTheFile() throws IOException {
        NutFiles files = site(MAIL);
        files.adopt(files.readDisk());
        var values = new java.util.HashMap<>(files.configurations().get("cobnut.notify~mail"));
        values.put("to", new String[] {"c@d", "e@f"});
        values.put("retries", 1);
        assertThat(files.store("cobnut.notify~mail", values)).isTrue();
        assertThat(directory.resolve("notify.conf"))
                .hasContent(MAIL.replace("to = c@d", "to = c@d e@f") + "retries = 1\n");
    }

    @Test
    void theProgramUpsmonReadsItToo() throws IOException {
        site(MAIL);
        var monitor = new NutFiles(directory, new ReadScope.Monitor());
        monitor.adopt(monitor.readDisk());
        assertThat(monitor.configurations()).containsOnlyKeys("cobnut.nut", "cobnut.notify~mail");
    }

    @Test
    void warnsOfTargetsThatGetNothingAndOfSecretsInTheOpen() throws IOException {
        Site site = Site.in(directory);
        site.write("notify.conf", MAIL + "ups = rack*\n");
        assertThat(faults())
                .contains("notify.conf:1: there is no MONITOR line in upsmon.conf, so there are no notices to send to a"
                        + " target");
        site.write("upsmon.conf", "MONITOR first@localhost 1 watcher hidden primary\n");
        site.write("notify.conf", MAIL + """
                ups = first rack*
                tls = none
                [hook]
                kind = webhook
                format = json
                url = http://host.example/
                token = s3cret-word
                [script]
                kind = exec
                command = /nosuch/program
                """);
        assertThat(faults())
                .containsExactly(
                        "notify.conf:8: ups = rack* meets no MONITOR of upsmon.conf",
                        "notify.conf:9: the password goes over the network in clear text; tls = starttls prevents it",
                        "notify.conf:13: token and password go over the network in clear text; a url with https:"
                                + " prevents it",
                        "notify.conf:17: command cannot run: /nosuch/program is not there");
    }

    private java.util.List<String> faults() {
        return CheckProgram.faults(new NutFiles(directory)).stream()
                .filter(fault -> fault.file().endsWith("notify.conf"))
                .map(Fault::toString)
                .filter(fault -> !fault.contains("readable"))
                .toList();
    }

    private NutFiles site(String text) throws IOException {
        Site site = Site.in(directory);
        site.write("notify.conf", text);
        return new NutFiles(directory);
    }

    private static String uncommented(String sample) {
        return sample.replaceAll("(?m)^# (\\[[a-z-]+])$", "$1").replaceAll("(?m)^#     (\\w+ = )", "    $1");
    }

    private static ParsedFile read(String text) {
        return new ParsedFile(
                ConfFile.parse("notify.conf", LineSyntax.SECTIONS, text.getBytes(StandardCharsets.US_ASCII)),
                Schema.NOTIFY_CONF);
    }
}
