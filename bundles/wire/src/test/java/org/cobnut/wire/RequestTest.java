package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.cobnut.wire.Request.About;
import org.cobnut.wire.Request.Malformed;
import org.cobnut.wire.Request.Query;
import org.cobnut.wire.Request.Query.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of requests (network-protocol; which error is first, as a real upsd answers). */
class RequestTest {
    static Stream<Arguments> requests() {
        return Stream.of(
                of("VER", new About(About.Topic.VER), false),
                of("HELP", new About(About.Topic.HELP), false),
                of("PROTVER", new About(About.Topic.PROTVER), false),
                of("NETVER", new About(About.Topic.NETVER), false),
                of("USERNAME a", new Request.Username("a"), false),
                of("USERNAME \"a b\"", new Request.Username("a b"), false),
                of("USERNAME \"\"", new Request.Username(""), false),
                of("PASSWORD \"\\\"\\\\\\#\"", new Request.Password("\"\\#"), false),
                of("LOGIN sim", new Request.Login("sim"), true),
                of("LOGOUT", new Request.Logout(), false),
                of("PRIMARY sim", new Request.Primary("sim", false), true),
                of("MASTER sim", new Request.Primary("sim", true), true),
                of("FSD sim", new Request.Fsd("sim"), true),
                of("STARTTLS", new Request.StartTls(), false),
                of("GET NUMLOGINS sim", new Query(Subject.NUMLOGINS, "sim", ""), false),
                of("GET UPSDESC sim", new Query(Subject.UPSDESC, "sim", ""), false),
                of("GET VAR sim a.b", new Query(Subject.VAR, "sim", "a.b"), false),
                of("GET TYPE sim a.b", new Query(Subject.TYPE, "sim", "a.b"), false),
                of("GET DESC sim a.b", new Query(Subject.DESC, "sim", "a.b"), false),
                of("GET CMDDESC sim a.b", new Query(Subject.CMDDESC, "sim", "a.b"), false),
                of("GET TRACKING", new Request.GetTracking(Optional.empty()), false),
                of("GET TRACKING 1-2", new Request.GetTracking(Optional.of("1-2")), false),
                of("LIST UPS", new Request.ListUps(), false),
                of("LIST VAR sim", new Query(Subject.LIST_VAR, "sim", ""), false),
                of("LIST RW sim", new Query(Subject.LIST_RW, "sim", ""), false),
                of("LIST CMD sim", new Query(Subject.LIST_CMD, "sim", ""), false),
                of("LIST CLIENT sim", new Query(Subject.LIST_CLIENT, "sim", ""), false),
                of("LIST ENUM sim a.b", new Query(Subject.LIST_ENUM, "sim", "a.b"), false),
                of("LIST RANGE sim a.b", new Query(Subject.LIST_RANGE, "sim", "a.b"), false),
                of("SET VAR sim a.b 5", new Request.SetVar("sim", "a.b", "5"), true),
                of("SET VAR sim a.b \"\"", new Request.SetVar("sim", "a.b", ""), true),
                of("SET TRACKING ON", new Request.SetTracking(true), true),
                of("SET TRACKING OFF", new Request.SetTracking(false), true),
                of("INSTCMD sim a.b", new Request.Instcmd("sim", "a.b", Optional.empty()), true),
                of("INSTCMD sim a.b \"c d\"", new Request.Instcmd("sim", "a.b", Optional.of("c d")), true));
    }

    private static Arguments of(String line, Request request, boolean credentials) {
        return Arguments.of(line, request, credentials);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void readsAndWritesOneLine(String line, Request request, boolean credentials) {
        assertThat(read(line)).isEqualTo(request);
        assertThat(request.line()).isEqualTo(line);
        assertThat(request.needsCredentials()).isEqualTo(credentials);
    }

    @ParameterizedTest
    @CsvSource({
        "get var Sim A.b,GET VAR Sim A.b",
        "List Ups,LIST UPS",
        "sEt TrackinG oN,SET TRACKING ON",
        "set tracking off,SET TRACKING OFF",
        "instcmd sim Load.Off,INSTCMD sim Load.Off",
        "login Sim,LOGIN Sim",
        "primary sim,PRIMARY sim",
        "starttls,STARTTLS",
        "logout,LOGOUT",
        "netver,NETVER"
    })
    void takesCommandWordsInAnyCaseAndLeavesNamesAsTyped(String line, String written) {
        assertThat(read(line).line()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "GET VAR sim a.b more,GET VAR sim a.b",
        "GET UPSDESC sim more,GET UPSDESC sim",
        "GET TRACKING 1-2 more,GET TRACKING 1-2",
        "LIST UPS more,LIST UPS",
        "LIST VAR sim more,LIST VAR sim",
        "LIST ENUM sim a.b more,LIST ENUM sim a.b",
        "SET VAR sim a.b 5 more,SET VAR sim a.b 5",
        "SET TRACKING ON more,SET TRACKING ON",
        "INSTCMD sim a.b 1 2,INSTCMD sim a.b",
        "INSTCMD sim a.b 1 2 3,INSTCMD sim a.b",
        "STARTTLS more,STARTTLS"
    })
    void ignoresWhatIsTooMuchWhereNutDoes(String line, String written) {
        assertThat(read(line).line()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VER x              | INVALID_ARGUMENT | false
            HELP x             | INVALID_ARGUMENT | false
            PROTVER x          | INVALID_ARGUMENT | false
            NETVER x           | INVALID_ARGUMENT | false
            USERNAME           | INVALID_ARGUMENT | false
            USERNAME a b       | INVALID_ARGUMENT | false
            USERNAME a=b       | INVALID_ARGUMENT | false
            PASSWORD           | INVALID_ARGUMENT | false
            PASSWORD a b       | INVALID_ARGUMENT | false
            LOGIN              | INVALID_ARGUMENT | true
            LOGIN a b          | INVALID_ARGUMENT | true
            LOGOUT x           | INVALID_ARGUMENT | false
            PRIMARY            | INVALID_ARGUMENT | true
            PRIMARY a b        | INVALID_ARGUMENT | true
            MASTER             | INVALID_ARGUMENT | true
            MASTER a b         | INVALID_ARGUMENT | true
            FSD                | INVALID_ARGUMENT | true
            FSD a b            | INVALID_ARGUMENT | true
            GET                | INVALID_ARGUMENT | false
            GET NOTHING        | INVALID_ARGUMENT | false
            GET RW sim         | INVALID_ARGUMENT | false
            GET ENUM sim a.b   | INVALID_ARGUMENT | false
            GET LIST_VAR sim   | INVALID_ARGUMENT | false
            GET VAR            | INVALID_ARGUMENT | false
            GET VAR sim        | INVALID_ARGUMENT | false
            GET TYPE sim       | INVALID_ARGUMENT | false
            GET DESC sim       | INVALID_ARGUMENT | false
            GET CMDDESC sim    | INVALID_ARGUMENT | false
            GET NUMLOGINS      | INVALID_ARGUMENT | false
            GET UPSDESC        | INVALID_ARGUMENT | false
            LIST               | INVALID_ARGUMENT | false
            LIST NOTHING sim   | INVALID_ARGUMENT | false
            LIST CLIENTS sim   | INVALID_ARGUMENT | false
            LIST TYPE sim a.b  | INVALID_ARGUMENT | false
            LIST VAR           | INVALID_ARGUMENT | false
            LIST RW            | INVALID_ARGUMENT | false
            LIST CMD           | INVALID_ARGUMENT | false
            LIST CLIENT        | INVALID_ARGUMENT | false
            LIST ENUM sim      | INVALID_ARGUMENT | false
            LIST RANGE sim     | INVALID_ARGUMENT | false
            SET                | INVALID_ARGUMENT | true
            SET VAR            | INVALID_ARGUMENT | true
            SET VAR sim a.b    | INVALID_ARGUMENT | true
            SET TRACKING       | INVALID_ARGUMENT | true
            SET TRACKING MAYBE | INVALID_ARGUMENT | true
            SET NOTHING a      | INVALID_ARGUMENT | true
            INSTCMD            | INVALID_ARGUMENT | true
            INSTCMD sim        | INVALID_ARGUMENT | true
            NOTHING            | UNKNOWN_COMMAND  | false
            REQ VAR sim        | UNKNOWN_COMMAND  | false
            =                  | UNKNOWN_COMMAND  | false
            """)
    void namesTheErrorOfWordsThatMakeNoRequest(String line, ErrorCode error, boolean credentials) {
        assertThat(read(line)).isEqualTo(new Malformed(error, credentials));
    }

    @Test
    void takesNoWordsForAnUnknownCommand() {
        assertThat(Request.of(List.of())).isEqualTo(new Malformed(ErrorCode.UNKNOWN_COMMAND, false));
        assertThat(Request.of(List.of(""))).isEqualTo(new Malformed(ErrorCode.UNKNOWN_COMMAND, false));
    }

    @ParameterizedTest
    @EnumSource
    void readsEverySubjectThatItWrites(Subject subject) {
        var query = new Query(subject, "sim", subject.named() ? "a.b" : "");
        assertThat(Request.of(query.words())).isEqualTo(query);
        assertThat(query.line()).startsWith(subject.list() ? "LIST " : "GET ").contains(subject.word());
    }

    @Test
    void readsTheTurkishIAsTheCommandsI() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(read("list ups")).isEqualTo(new Request.ListUps());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void showsNoPassword() {
        assertThat(new Request.Password("secret").toString()).doesNotContain("secret");
    }

    private static Request read(String line) {
        return Request.of(Lexer.lines(line).get(0));
    }
}
