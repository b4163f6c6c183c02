package org.cobnut.upsd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cobnut.model.Outcome;
import org.cobnut.upsd.access.HostRules;
import org.cobnut.upsd.access.LogText;
import org.cobnut.upsd.access.User;
import org.cobnut.upsd.config.Quotas;
import org.cobnut.upsd.net.Fixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHandlerTest {
    private static final String[] ADMIN = {"USERNAME admin", "PASSWORD sesame"};
    private final Fixture fixture = new Fixture();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HELP                 | Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS
            PROTVER              | 1.3
            NETVER               | 1.3
            VER x                | ERR INVALID-ARGUMENT
            PROTVER x            | ERR INVALID-ARGUMENT
            LOGOUT x             | ERR INVALID-ARGUMENT
            STARTTLS             | ERR FEATURE-NOT-CONFIGURED
            NOSUCH               | ERR UNKNOWN-COMMAND
            # a comment          | ERR UNKNOWN-COMMAND
            USERNAME             | ERR INVALID-ARGUMENT
            USERNAME a b         | ERR INVALID-ARGUMENT
            PASSWORD             | ERR INVALID-ARGUMENT
            LOGIN                | ERR USERNAME-REQUIRED
            SET                  | ERR USERNAME-REQUIRED
            SET VAR demo         | ERR USERNAME-REQUIRED
            INSTCMD              | ERR USERNAME-REQUIRED
            FSD                  | ERR USERNAME-REQUIRED
            PRIMARY demo         | ERR USERNAME-REQUIRED
            MASTER demo          | ERR USERNAME-REQUIRED
            """)
    void answersBeforeAnyLogin(String request, String reply) {
        assertThat(fixture.say(request)).isEqualTo(reply + "\n");
    }

    @Test
    void answersVersionInNutsForm() {
        assertThat(fixture.say("VER"))
                .startsWith("Network UPS Tools upsd 2.8.5 - https://www.networkupstools.org/ - Cobnut ");
    }

    @Test
    void asksForTheNameFirstAndThePasswordNext() {
        assertThat(fixture.say("LOGIN demo", "USERNAME mon", "LOGIN demo", "PASSWORD pass", "LOGIN demo"))
                .isEqualTo("ERR USERNAME-REQUIRED\nOK\nERR PASSWORD-REQUIRED\nOK\nOK\n");
    }

    @Test
    void takesNameAndPasswordOnce() {
        assertThat(fixture.say("USERNAME \"\"", "USERNAME b", "PASSWORD \"\"", "PASSWORD b"))
                .isEqualTo("OK\nERR ALREADY-SET-USERNAME\nOK\nERR ALREADY-SET-PASSWORD\n");
    }

    @Test
    void countsLoginsAndListsTheirClientsNewestFirst() {
        RequestHandler first = fixture.requestHandler();
        RequestHandler second = fixture.requestHandler();
        fixture.say(first, "USERNAME mon", "PASSWORD pass", "LOGIN demo");
        fixture.say(second, "USERNAME slave", "PASSWORD pass", "LOGIN demo");
        assertThat(fixture.say("GET NUMLOGINS demo")).isEqualTo("NUMLOGINS demo 2\n");
        assertThat(fixture.say("LIST CLIENT DEMO")).isEqualTo("""
                        BEGIN LIST CLIENT DEMO
                        CLIENT demo 192.0.2.7
                        CLIENT demo 192.0.2.7
                        END LIST CLIENT DEMO
                        """);
        assertThat(fixture.say(second, "LOGIN demo")).isEqualTo("ERR ALREADY-LOGGED-IN\n");
        second.end();
        assertThat(fixture.say("GET NUMLOGINS demo")).isEqualTo("NUMLOGINS demo 1\n");
    }

    @Test
    void logsIntoAUpsWhoseDriverIsAway() {
        assertThat(fixture.say("USERNAME mon", "PASSWORD pass", "LOGIN waiting"))
                .endsWith("OK\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mon   | wrong  | LOGIN demo   | ERR ACCESS-DENIED
            ghost | pass   | LOGIN demo   | ERR ACCESS-DENIED
            MON   | pass   | LOGIN demo   | ERR ACCESS-DENIED
            admin | sesame | LOGIN demo   | ERR ACCESS-DENIED
            mon   | pass   | LOGIN nobody | ERR UNKNOWN-UPS
            mon   | pass   | PRIMARY demo | OK PRIMARY-GRANTED
            mon   | pass   | MASTER demo  | OK MASTER-GRANTED
            slave | pass   | PRIMARY demo | ERR ACCESS-DENIED
            slave | pass   | FSD demo     | ERR ACCESS-DENIED
            mon   | pass   | FSD waiting  | OK FSD-SET
            mon   | pass   | FSD nobody   | ERR UNKNOWN-UPS
            mon   | pass   | FSD          | ERR INVALID-ARGUMENT
            admin | sesame | SET VAR demo ups.test.interval 9     | OK
            admin | sesame | SET VAR demo ups.test.interval nine  | OK
            admin | sesame | SET VAR demo ups.id 12345678901234567 | ERR TOO-LONG
            admin | sesame | SET VAR demo ups.id 1234567890123456 | OK
            admin | sesame | SET VAR demo ups.contacts x          | ERR SET-FAILED
            admin | sesame | SET VAR demo battery.charge 9        | ERR READONLY
            admin | sesame | SET VAR demo no.such 9               | ERR VAR-NOT-SUPPORTED
            admin | sesame | SET VAR nobody no.such 9             | ERR UNKNOWN-UPS
            admin | sesame | SET VAR waiting no.such 9            | ERR DRIVER-NOT-CONNECTED
            admin | sesame | SET VAR demo outlet.1.switch ON      | ERR INVALID-VALUE
            admin | sesame | SET VAR demo outlet.1.switch off     | OK
            admin | sesame | SET VAR demo battery.charge.low 50   | OK
            admin | sesame | SET VAR demo battery.charge.low 50.9 | OK
            admin | sesame | SET VAR demo battery.charge.low 55   | ERR INVALID-VALUE
            admin | sesame | SET VAR demo battery.charge.low none | ERR INVALID-VALUE
            admin | sesame | SET VAR demo battery.charge.low 9999999999999999999999 | ERR INVALID-VALUE
            mon   | pass   | SET VAR demo ups.test.interval 9     | ERR ACCESS-DENIED
            open  | x      | SET VAR demo ups.test.interval 9     | ERR ACCESS-DENIED
            admin | sesame | SET VAR demo ups.id                  | ERR INVALID-ARGUMENT
            admin | sesame | SET TRACKING maybe                   | ERR INVALID-ARGUMENT
            ghost | x      | SET TRACKING on                      | OK
            admin | sesame | INSTCMD demo LOAD.OFF                | OK
            admin | sesame | INSTCMD demo no.such                 | ERR CMD-NOT-SUPPORTED
            slave | pass   | INSTCMD demo no.such                 | ERR CMD-NOT-SUPPORTED
            slave | pass   | INSTCMD demo load.off                | ERR ACCESS-DENIED
            mon   | pass   | INSTCMD demo beeper.mute             | OK
            mon   | pass   | INSTCMD demo load.off                | ERR ACCESS-DENIED
            admin | sesame | INSTCMD demo                         | ERR INVALID-ARGUMENT
            admin | sesame | INSTCMD nobody load.off              | ERR UNKNOWN-UPS
            admin | sesame | INSTCMD waiting load.off             | ERR DRIVER-NOT-CONNECTED
            """)
    void checksInNutsOrder(String user, String password, String request, String reply) {
        assertThat(fixture.say("USERNAME " + user, "PASSWORD " + password, request))
                .isEqualTo("OK\nOK\n" + reply + "\n");
    }

    @Test
    void handsOrdersToTheDriverAsTheyWere() {
        fixture.say(ADMIN);
        RequestHandler requestHandler = fixture.requestHandler();
        fixture.say(requestHandler, ADMIN);
        fixture.say(
                requestHandler,
                "SET VAR demo ups.id \"two words\"",
                "INSTCMD demo load.off \"a b\"",
                "INSTCMD demo load.off a b");
        assertThat(fixture.device.commands)
                .containsExactly("set ups.id=two words", "run load.off(a b)", "run load.off()");
    }

    @ParameterizedTest
    @CsvSource({
        "HANDLED, SUCCESS",
        "UNKNOWN, ERR UNKNOWN",
        "INVALID, ERR INVALID-ARGUMENT",
        "FAILED, ERR FAILED",
        "CONVERSION_FAILED, ERR INVALID-ARGUMENT"
    })
    void followsAnOrderToItsEnd(Outcome.Code code, String reply) {
        fixture.device.outcome = new CompletableFuture<>();
        RequestHandler requestHandler = fixture.requestHandler();
        fixture.say(requestHandler, ADMIN);
        String ok = fixture.say(requestHandler, "SET TRACKING ON", "INSTCMD demo load.off");
        assertThat(ok).matches("OK\nOK TRACKING [0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}\n");
        String id = ok.substring(ok.length() - 37).trim();
        assertThat(fixture.say(requestHandler, "GET TRACKING " + id)).isEqualTo("PENDING\n");
        fixture.device.outcome.complete(new Outcome(code, ""));
        assertThat(fixture.say(requestHandler, "GET TRACKING " + id.toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(reply + "\n");
        fixture.nanos.addAndGet(TimeUnit.SECONDS.toNanos(3601));
        assertThat(fixture.say(requestHandler, "GET TRACKING " + id)).isEqualTo("ERR UNKNOWN\n");
    }

    @Test
    void aPasswordIsNeverShown() {
        assertThat(new User("admin", "sesame", new String[0], new String[0], "").toString())
                .doesNotContain("sesame");
        assertThat(new org.cobnut.wire.Request.Password("sesame").toString()).doesNotContain("sesame");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.7 | GET VAR demo ups.id               | ERR USERNAME-REQUIRED
            192.0.2.7 | LIST UPS                          | ERR USERNAME-REQUIRED
            192.0.2.7 | VER x                             | ERR INVALID-ARGUMENT
            192.0.2.7 | PROTVER                           | 1.3
            127.0.0.1 | GET NUMLOGINS demo                | NUMLOGINS demo 0
            ::1       | GET NUMLOGINS demo                | NUMLOGINS demo 0
            """)
    void readingFromElsewhereNeedsALoginWhereItIsAskedFor(String address, String request, String reply) {
        fixture.quotas = new Quotas(10, 10, 60_000, 0, true);
        assertThat(fixture.say(new RequestHandler(fixture.service, address, () -> {}), request))
                .isEqualTo(reply + "\n");
    }

    @Test
    void whoMustLogInToReadReadsOnceThePasswordIsRight() {
        fixture.quotas = new Quotas(10, 10, 60_000, 0, true);
        assertThat(fixture.say("USERNAME slave", "GET NUMLOGINS demo", "PASSWORD wrong", "GET NUMLOGINS demo"))
                .isEqualTo("OK\nERR PASSWORD-REQUIRED\nOK\nERR ACCESS-DENIED\n");
        assertThat(fixture.say("USERNAME slave", "PASSWORD pass", "GET NUMLOGINS demo"))
                .isEqualTo("OK\nOK\nNUMLOGINS demo 0\n");
    }

    @Test
    void hostRulesComeBeforeAnyOtherCheckOfWhatNeedsALogin() {
        fixture.rules = HostRules.of(
                new HostRules.Source("allow", ""),
                new HostRules.Source("deny", "upsd : mon@192.0.2."),
                name -> java.util.List.of(),
                (where, why) -> {});
        assertThat(fixture.say("USERNAME mon", "PASSWORD pass", "LOGIN", "FSD nobody", "SET TRACKING ON", "LIST RW"))
                .isEqualTo("OK\nOK\nERR ACCESS-DENIED\nERR ACCESS-DENIED\nERR ACCESS-DENIED\nERR INVALID-ARGUMENT\n");
        assertThat(fixture.say("USERNAME slave", "PASSWORD pass", "LOGIN demo")).endsWith("OK\nOK\nOK\n");
    }

    @Test
    void aNameCannotForgeALineOfTheLog() {
        assertThat(LogText.printable("x\nUser admin logged in\r\u001b[0m")).isEqualTo("x?User admin logged in??[0m");
        assertThat(LogText.printable("y".repeat(500))).hasSize(203).endsWith("...");
    }
}
