package org.cobnut.upsd.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.upsd.net.Fixture;
import org.cobnut.upsd.protocol.Command.Need;
import org.cobnut.wire.Lexer;
import org.cobnut.wire.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of commands against the requests of the protocol. */
class CommandTest {
    private static final List<String> LINES = List.of(
            "VER",
            "USERNAME u",
            "PASSWORD p",
            "LOGIN demo",
            "LOGOUT",
            "PRIMARY demo",
            "FSD demo",
            "STARTTLS",
            "GET VAR demo ups.status",
            "LIST UPS",
            "GET TRACKING",
            "SET TRACKING ON",
            "SET VAR demo ups.id x",
            "INSTCMD demo load.off",
            "NOSUCH",
            "LOGIN");

    private final Fixture fixture = new Fixture();

    @ParameterizedTest
    @CsvSource({
        "VER,                          ABOUT,           ''",
        "NOSUCH,                       MALFORMED,       ''",
        "LIST UPS,                     LIST_UPS,        READING",
        "GET VAR none server.info,     SERVER_VARIABLE, READING",
        "GET UPSDESC demo,             UPS_QUERY,       READING UPS",
        "LIST CLIENT demo,             UPS_QUERY,       READING UPS",
        "GET NUMLOGINS demo,           DATA_QUERY,      READING UPS DATA",
        "LIST RANGE demo battery.charge.low, DATA_QUERY, READING UPS DATA",
        "SET TRACKING ON,              SET_TRACKING,    CREDENTIALS",
        "LOGIN demo,                   LOGIN,           CREDENTIALS NO_LOGIN UPS RIGHT",
        "MASTER demo,                  PRIMARY,         CREDENTIALS UPS RIGHT",
        "FSD demo,                     FSD,             CREDENTIALS UPS RIGHT",
        "SET VAR demo ups.id x,        SET,             CREDENTIALS UPS DATA RIGHT",
        "INSTCMD demo load.off,        INSTCMD,         CREDENTIALS UPS DATA OFFERED RIGHT",
    })
    void everyRequestHasItsRow(String line, Command command, String needs) {
        assertThat(Command.of(request(line))).isEqualTo(command);
        assertThat(Stream.of(Need.values())
                        .filter(command::needs)
                        .map(Need::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(needs);
        assertThat(command.right().isPresent()).isEqualTo(command.needs(Need.RIGHT));
    }

    @Test
    void credentialsAreThoseThatTheProtocolDemands() {
        Set<Class<?>> kinds = new HashSet<>();
        for (String line : LINES) {
            Request request = request(line);
            kinds.add(request.getClass());
            assertThat(Command.of(request).needs(Need.CREDENTIALS)).as(line).isEqualTo(request.needsCredentials());
        }
        assertThat(kinds).as("a line of each kind").containsExactlyInAnyOrder(Request.class.getPermittedSubclasses());
    }

    @Test
    void aRequestKnowsItsUpsAndTheValuesOfThatMoment() {
        ParsedRequest parsed = fixture.requestHandler().parse(request("GET VAR DEMO ups.status"));
        assertThat(parsed.ups()).isSameAs(fixture.registry.find("demo").orElseThrow());
        assertThat(parsed.snapshot()).isSameAs(fixture.device.snapshot);
        assertThat(fixture.requestHandler().parse(request("FSD none")).upsKnown())
                .isFalse();
    }

    private static Request request(String line) {
        return Request.of(Lexer.lines(line + "\n").get(0));
    }
}
