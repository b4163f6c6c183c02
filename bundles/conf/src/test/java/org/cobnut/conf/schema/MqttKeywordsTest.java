package org.cobnut.conf.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cobnut.conf.text.ConfFile;
import org.cobnut.conf.text.Fault;
import org.cobnut.conf.text.LineSyntax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** mqtt.conf, which has no sections. */
class MqttKeywordsTest {
    @Test
    void holdsItsValues() {
        ParsedFile parsed =
                read("broker = mqtts://b.example.org\npassword = \"a b\"\nexpose = load.off load.on\nfleet = yes\n");
        assertThat(parsed.faults()).isEmpty();
        assertThat(parsed.global().values())
                .containsEntry("broker", "mqtts://b.example.org")
                .containsEntry("password", "a b")
                .containsEntry("expose", new String[] {"load.off", "load.on"})
                .containsEntry("fleet", true);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            broker = b.example.org | broker wants mqtt://HOST[:PORT], or mqtts://HOST[:PORT] for TLS, not 'b.example.org'
            base = a/+/b           | base wants levels of a topic, without + and #, not 'a/+/b'
            node = a/b             | node wants one level of a topic, without / + and #, not 'a/b'
            refresh = 0            | refresh wants a whole number above 0, not '0'
            fleet = perhaps        | fleet wants true or false (or on, yes, 1, off, no, 0), not 'perhaps'
            topic = x              | this file has no key 'topic'
            geheim                 | KEY = VALUE is wanted
            [mqtt]                 | KEY = VALUE is wanted
            """)
    void namesTheLineOfWhatIsWrong(String line, String fault) {
        assertThat(read("# mqtt\n" + line + "\n").faults()).singleElement().hasToString("mqtt.conf:2: " + fault);
    }

    @Test
    void hasASampleThatIsRightWithItsLinesOrWithout() throws IOException {
        String sample = Files.readString(Path.of("../../config/mqtt.conf.sample"));
        assertThat(read(sample).faults()).isEmpty();
        ParsedFile whole = read(sample.replaceAll("(?m)^# ([a-z]+ = )", "$1"));
        assertThat(whole.faults()).extracting(Fault::toString).isEmpty();
        for (Keyword key : MqttKeywords.ALL) assertThat(whole.global().values()).containsKey(key.property());
    }

    private static ParsedFile read(String text) {
        return new ParsedFile(
                ConfFile.parse("mqtt.conf", LineSyntax.SECTIONS, text.getBytes(StandardCharsets.US_ASCII)),
                Schema.MQTT_CONF);
    }
}
