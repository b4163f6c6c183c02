package org.cobnut.drivers.netxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.testkit.TestLinks;
import org.cobnut.testkit.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetxmlTest {
    private static final NetxmlUps DRIVER = new NetxmlUps();

    static Settings settings(Map<String, String> options) {
        return Settings.of("card", "card.example", DRIVER.options(), options);
    }

    private static Session open(XmlCard card) throws IOException {
        return DRIVER.open(settings(Map.of()), new TestLinks(Path.of(".")).with("http://card.example", card.link()));
    }

    @Test
    void readsACard() throws IOException {
        TestReport report = new TestReport().poll(open(new XmlCard()));
        assertThat(report.status()).containsExactly("OL", "CHRG");
        assertThat(report.alarms()).isEmpty();
        assertThat(report.values())
                .containsEntry("ups.mfr", "EATON")
                .containsEntry("ups.model", "Eaton 9PX")
                .containsEntry("ups.model.aux", "6000i")
                .containsEntry("ups.serial", "G203E30025")
                .containsEntry("ups.firmware.aux", "Network Management Card/Mosaic M/BA")
                .containsEntry("battery.charge", "100")
                .containsEntry("battery.capacity", "5.00")
                .containsEntry("battery.runtime", "11520")
                .containsEntry("output.powerfactor", "0.46")
                .containsEntry("ups.test.result", "aborted")
                .containsEntry("ups.beeper.status", "enabled")
                .containsEntry("ups.type", "online")
                .containsEntry("ups.start.auto", "yes")
                .containsEntry("ups.date", "2016/03/17")
                .containsEntry("ups.time", "13:37:33")
                .containsEntry("outlet.1.status", "on")
                .containsEntry("device.location", "Rack & roll");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            UPS.PowerSummary.PresentStatus.ACPresent,                    0, OB
            UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit,  1, LB
            UPS.PowerSummary.PresentStatus.Overload,                     1, OVER
            UPS.PowerSummary.PresentStatus.NeedReplacement,              1, RB
            UPS.PowerConverter.Input[1].PresentStatus.Buck,              1, TRIM
            UPS.PowerConverter.Input[2].PresentStatus.Used,              1, BYPASS
            UPS.PowerSummary.PresentStatus.Good,                         0, OFF
            """)
    void tellsEachCondition(String object, String value, String word) throws IOException {
        assertThat(new TestReport()
                        .poll(open(new XmlCard().with(object, value)))
                        .status())
                .contains(word);
    }

    @Test
    void isStaleWhileTheCardHasLostItsUps() throws IOException {
        var card = new XmlCard().with("UPS.PowerSummary.PresentStatus.CommunicationLost", "1");
        assertThat(new TestReport().poll(open(card)).stale()).hasValue("the card has lost its UPS");
    }

    @Test
    void goesOnWithoutThePageOfSettings() throws IOException {
        var report = new TestReport().poll(open(new XmlCard().answers("/getvalue.cgi", "401")));
        assertThat(report.status()).containsExactly("OL", "CHRG");
        assertThat(report.values()).doesNotContainKey("ups.date");
    }

    @Test
    void failsAPollWithoutTheSummary() throws IOException {
        var card = new XmlCard();
        Session session = open(card);
        var report = new TestReport().poll(session);
        card.answers("/upsprop.xml", "");
        assertThatIOException().isThrownBy(() -> report.poll(session));
        card.answers("/upsprop.xml", "200 <SUMMARY><OBJECT");
        assertThatIOException()
                .isThrownBy(() -> report.poll(session))
                .withMessage("/upsprop.xml of the card is no XML that can be read");
    }

    @Test
    void saysThatSomethingElseIsNoCard() {
        var card = new XmlCard().answers("/product.xml", "200 <html><body>Router</body></html>");
        card.answers("/ws/product.xml", "404");
        assertThatIOException()
                .isThrownBy(() -> open(card))
                .withMessageContaining("this is no card that serves XML")
                .withMessageContaining("/product.xml: it is no product page");
    }

    @Test
    void saysThatTheCardWantsALogin() {
        var card = new XmlCard().answers("/mgeups/product.xml", "401");
        assertThatIOException()
                .isThrownBy(() -> open(card))
                .withMessageContaining("the device wants another login or password");
    }

    @Test
    void takesATenthOfCurrentsOfOldCards() throws IOException {
        var card = new XmlCard().with("UPS.PowerConverter.Output.Phase[1].Current", "35");
        var links = new TestLinks(Path.of(".")).with("http://card.example", card.link());
        var old = new TestReport().poll(DRIVER.open(settings(Map.of("do_convert_deci", "")), links));
        assertThat(old.value("output.L1.current")).hasValue("3.5");
        assertThat(new TestReport().poll(open(card)).value("output.L1.current")).hasValue("35");
    }

    @Test
    void readsNoFileAndExpandsNoEntityForAPage(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "leaked");
        String page = """
                <?xml version="1.0"?>
                <!DOCTYPE SUMMARY [<!ENTITY x SYSTEM "%s"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
                <SUMMARY><OBJECT name="System.Location">&x;&b;</OBJECT></SUMMARY>
                """.formatted(secret.toUri());
        try {
            assertThat(XmlPage.parse("/page", page).objects().values())
                    .noneMatch(value -> value.contains("leaked") || value.contains("aa"));
        } catch (IOException refused) {
            assertThat(refused).hasMessageContaining("is no XML that can be read");
        }
    }

    @Test
    void refusesAPageOfTooManyObjects() {
        var page = new StringBuilder("<SUMMARY>");
        for (int i = 0; i < 6000; i++) page.append("<OBJECT name=\"a").append(i).append("\">1</OBJECT>");
        assertThatIOException()
                .isThrownBy(
                        () -> XmlPage.parse("/page", page.append("</SUMMARY>").toString()))
                .withMessageContaining("more than 5000 objects");
    }

    @Test
    void refusesATimeoutThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DRIVER.open(settings(Map.of("timeout", "0")), new TestLinks(Path.of("."))));
    }
}
