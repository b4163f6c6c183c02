package org.cobnut.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditLogTest {
    private static final String TEXT = "\"([^\"]*)\"";
    private static final Pattern FORM = Pattern.compile(
            "user=" + TEXT + "( by certificate)? from=(" + "[^\" ]+|" + TEXT + ") did=" + TEXT + " result=" + TEXT);

    @Test
    void aLineSaysWhoDidWhatFromWhere() {
        assertThat(AuditLog.line(new Actor("admin", "192.0.2.7"), "SET VAR demo ups.id x", "HANDLED"))
                .isEqualTo("user=\"admin\" from=192.0.2.7 did=\"SET VAR demo ups.id x\" result=\"HANDLED\"");
        assertThat(AuditLog.line(new Actor("alice", "2001:db8::1", true), "LOGIN demo", "OK"))
                .isEqualTo("user=\"alice\" by certificate from=2001:db8::1 did=\"LOGIN demo\" result=\"OK\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin\" from=10.9.8.7",
                "admin\\",
                "admin\\\" from=10.9.8.7 did=\"",
                "a\nuser=\"root\" from=local did=\"x\" result=\"OK\"",
                "a\r\u001b[2K\u0085\u2028b\u0000",
                "\u201cadmin\u201d from=10.9.8.7"
            })
    void noFieldCanBeForged(String text) {
        for (String line : new String[] {
            AuditLog.line(new Actor(text, "local"), "x", "y"),
            AuditLog.line(new Actor("u", text), "x", "y"),
            AuditLog.line(new Actor("u", "local"), text, "y"),
            AuditLog.line(new Actor("u", "local"), "x", text)
        }) {
            assertThat(line).matches(FORM).matches("[ -~]*");
            assertThat(line).doesNotContain("from=10.9.8.7", "user=\"root\"");
        }
    }

    @Test
    void aLongTextIsCut() {
        assertThat(AuditLog.line(new Actor("u".repeat(100_000), "local"), "x", "y"))
                .hasSizeLessThan(500)
                .contains("...\"");
    }
}
