package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
    @Test
    void readsEachKind() {
        assertThat(read("OK")).isEqualTo(new Reply.Ok(""));
        assertThat(read("OK TRACKING 1-2")).isEqualTo(new Reply.Ok("TRACKING 1-2"));
        assertThat(read("ERR DATA-STALE")).isEqualTo(new Reply.Err(ErrorCode.DATA_STALE));
        assertThat(read("ERR ACCESS-DENIED \"SSL failed\"")).isEqualTo(new Reply.Err("ACCESS-DENIED"));
        assertThat(read("ERR")).isEqualTo(new Reply.Err(""));
        assertThat(read("BEGIN LIST VAR sim")).isEqualTo(new Reply.Begin(List.of("LIST", "VAR", "sim")));
        assertThat(read("END LIST UPS")).isEqualTo(new Reply.End(List.of("LIST", "UPS")));
        assertThat(read("VAR sim a.b \"c d\"")).isEqualTo(new Reply.Item(List.of("VAR", "sim", "a.b", "c d")));
        assertThat(read("1.3")).isEqualTo(new Reply.Item(List.of("1.3")));
        assertThat(Reply.of(List.of())).isEqualTo(new Reply.Text(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OK",
                "OK Goodbye",
                "OK TRACKING 1-2",
                "ERR UNKNOWN-UPS",
                "BEGIN LIST VAR sim",
                "END LIST ENUM sim a.b",
                "VAR sim a.b \"\"",
                "VAR sim a.b \"\\\"\\\\\\# =\"",
                "UPS sim \"A sim\""
            })
    void writesWhatItReads(String line) {
        assertThat(read(line).line()).isEqualTo(line);
    }

    @Test
    void writesATextAsItIs() {
        assertThat(new Reply.Text("TYPE sim a.b RW STRING:3").line()).isEqualTo("TYPE sim a.b RW STRING:3");
    }

    @ParameterizedTest
    @EnumSource
    void knowsEachErrorByItsName(ErrorCode code) {
        assertThat(code.wire()).matches("[A-Z]+(-[A-Z]+)*");
        assertThat(ErrorCode.of(code.wire())).contains(code);
        assertThat(new Reply.Err(code).line()).isEqualTo("ERR " + code.wire());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NEW-CODE", "DATA STALE", "DATA-STALE-"})
    void knowsNoErrorOfAnotherName(String code) {
        assertThat(ErrorCode.of(code)).isEmpty();
    }

    private static Reply read(String line) {
        return Reply.of(Lexer.lines(line).get(0));
    }
}
