package org.cobnut.upsd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.cobnut.model.Health;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.registry.Ups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriesTest {
    private final Fixture fixture = new Fixture();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET VAR demo battery.charge           | VAR demo battery.charge "100"
            get var DEMO Battery.Charge           | VAR DEMO Battery.Charge "100"
            GET VAR demo battery.charge more      | VAR demo battery.charge "100"
            GET VAR demo ups.id                   | VAR demo ups.id "say \\"\\#1\\" \\\\ ok"
            GET VAR demo no.such                  | ERR VAR-NOT-SUPPORTED
            GET VAR nobody ups.status             | ERR UNKNOWN-UPS
            GET VAR nobody server.version         | VAR nobody server.version "2.8.5"
            GET VAR nobody server.no              | ERR VAR-NOT-SUPPORTED
            GET VAR demo                          | ERR INVALID-ARGUMENT
            GET VAR waiting ups.status            | ERR DRIVER-NOT-CONNECTED
            GET TYPE demo ups.status              | TYPE demo ups.status RW STRING:32
            GET TYPE demo battery.charge          | TYPE demo battery.charge NUMBER
            GET TYPE demo outlet.1.switch         | TYPE demo outlet.1.switch RW ENUM NUMBER
            GET TYPE demo battery.charge.low      | TYPE demo battery.charge.low RW RANGE NUMBER
            GET TYPE demo no.such                 | ERR VAR-NOT-SUPPORTED
            GET DESC demo ups.status              | DESC demo ups.status "Present state of the UPS as status words"
            GET DESC demo no.such                 | DESC demo no.such "Description unavailable"
            GET CMDDESC demo no.such              | CMDDESC demo no.such "Description unavailable"
            GET UPSDESC demo                      | UPSDESC demo "A demo"
            GET UPSDESC waiting                   | UPSDESC waiting "Unavailable"
            GET UPSDESC nobody                    | ERR UNKNOWN-UPS
            GET NUMLOGINS demo                    | NUMLOGINS demo 0
            GET NUMLOGINS waiting                 | ERR DRIVER-NOT-CONNECTED
            GET TRACKING                          | OFF
            GET TRACKING no-such-id               | ERR FEATURE-NOT-CONFIGURED
            GET                                   | ERR INVALID-ARGUMENT
            GET NOTHING demo                      | ERR INVALID-ARGUMENT
            LIST                                  | ERR INVALID-ARGUMENT
            LIST VAR                              | ERR INVALID-ARGUMENT
            LIST VAR nobody                       | ERR UNKNOWN-UPS
            LIST VAR waiting                      | ERR DRIVER-NOT-CONNECTED
            LIST ENUM demo no.such                | ERR VAR-NOT-SUPPORTED
            LIST CLIENT nobody                    | ERR UNKNOWN-UPS
            LIST CLIENTS demo                     | ERR INVALID-ARGUMENT
            """)
    void answersInOneLine(String request, String reply) {
        assertThat(fixture.say(request)).isEqualTo(reply + "\n");
    }

    @Test
    void aListInOtherLettersDiffersInTheNameOnly() {
        for (String kind : new String[] {"VAR", "RW", "CMD"}) {
            String usual = fixture.say("LIST " + kind + " demo");
            assertThat(usual).contains(kind + " demo ");
            assertThat(fixture.say("LIST " + kind + " DemO")).isEqualTo(usual.replace(" demo", " DemO"));
        }
    }

    @Test
    void listsUpsesInOrder() {
        assertThat(fixture.say("LIST UPS")).isEqualTo("""
                        BEGIN LIST UPS
                        UPS demo "A demo"
                        UPS waiting "Description unavailable"
                        END LIST UPS
                        """);
    }

    @Test
    void listsVariablesByNameAndEchoesTheUpsAsTyped() {
        assertThat(fixture.say("list var Demo")).isEqualTo("""
                        BEGIN LIST VAR Demo
                        VAR Demo battery.charge "100"
                        VAR Demo battery.charge.low "20"
                        VAR Demo outlet.1.switch "on"
                        VAR Demo ups.contacts ""
                        VAR Demo ups.id "say \\"\\#1\\" \\\\ ok"
                        VAR Demo ups.status "OL"
                        VAR Demo ups.test.interval "7"
                        END LIST VAR Demo
                        """);
    }

    @Test
    void listsChoicesRangesAndCommands() {
        assertThat(fixture.say("LIST ENUM demo outlet.1.switch", "LIST RANGE demo battery.charge.low", "LIST CMD demo"))
                .isEqualTo("""
                        BEGIN LIST ENUM demo outlet.1.switch
                        ENUM demo outlet.1.switch "on"
                        ENUM demo outlet.1.switch "off"
                        END LIST ENUM demo outlet.1.switch
                        BEGIN LIST RANGE demo battery.charge.low
                        RANGE demo battery.charge.low "10" "50"
                        RANGE demo battery.charge.low "60" "70"
                        END LIST RANGE demo battery.charge.low
                        BEGIN LIST CMD demo
                        CMD demo beeper.mute
                        CMD demo load.off
                        END LIST CMD demo
                        """);
    }

    @Test
    void showsTheLatchInTheStatusButNotInListRw() {
        fixture.say("USERNAME admin", "PASSWORD sesame", "FSD demo");
        assertThat(fixture.say("GET VAR demo ups.status")).isEqualTo("VAR demo ups.status \"FSD OL\"\n");
        assertThat(fixture.say("LIST VAR demo")).contains("VAR demo ups.status \"FSD OL\"\n");
        assertThat(fixture.say("LIST RW demo"))
                .contains("RW demo ups.status \"OL\"\n")
                .doesNotContain("battery.charge \"");
    }

    @Test
    void theLatchOutlivesTheDriver() {
        fixture.say("USERNAME admin", "PASSWORD sesame", "FSD demo");
        fixture.registry.detach("demo", fixture.device);
        fixture.registry.attach("demo", new Ups.Attached(fixture.device, null, ""));
        assertThat(fixture.say("GET VAR demo ups.status")).contains("FSD OL");
    }

    @Test
    void aNewSnapshotIsSeenAtOnce() {
        assertThat(fixture.say("LIST VAR demo")).contains("ups.status \"OL\"");
        fixture.show(new Health.Fresh());
        byte[] first = fixture.answer(statusOf("demo"));
        byte[] second = fixture.answer(statusOf("demo"));
        assertThat(second).as("encoded once a snapshot").isSameAs(first);
        fixture.show(new Health.Fresh());
        assertThat(fixture.answer(statusOf("demo"))).isNotSameAs(first).isEqualTo(first);
    }

    @Test
    void aNameIsNeverTakenForAnotherQuestion() {
        fixture.say("LIST VAR demo", "LIST RW demo", "LIST CMD demo", "GET VAR demo ups.status");
        assertThat(fixture.say("GET VAR demo \" VAR\"", "GET VAR demo \"LIST_VAR\"", "GET VAR demo \"\""))
                .isEqualTo("ERR VAR-NOT-SUPPORTED\n".repeat(3));
        assertThat(fixture.say("GET TYPE demo ups.status")).isEqualTo("TYPE demo ups.status RW STRING:32\n");
    }

    private static org.cobnut.wire.Request.Query statusOf(String ups) {
        return new org.cobnut.wire.Request.Query(org.cobnut.wire.Request.Query.Subject.VAR, ups, "ups.status");
    }
}
