package org.cobnut.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void areAsWideAsTheirWidestWordAndTheLastIsOpen() {
        assertThat(new Columns("UPS", "STATUS", "HEALTH")
                        .row("a", "OL CHRG", "fresh")
                        .row("second", "OB", "x")
                        .toString())
                .isEqualTo("""
                        UPS     STATUS   HEALTH
                        a       OL CHRG  fresh
                        second  OB       x""");
    }

    @Test
    void areForProgramsAnArrayWithAnObjectForEachRow() {
        var columns = new Columns("UPS", "HEALTH")
                .row("a", "lost since 12:00")
                .with("health", "lost")
                .with("charge", 97.5)
                .with("fresh", false)
                .row("caf\u00e9 \"b\"\\\t", "-")
                .heading("two of them")
                .note("Warning: one is lost");
        assertThat(columns.json()).isEqualTo("""
                [
                  {"ups": "a", "health": "lost", "charge": 97.5, "fresh": false},
                  {"ups": "caf\\u00e9 \\"b\\"\\\\\\u0009", "health": null}
                ]""");
        assertThat(columns.remarks()).containsExactly("two of them", "Warning: one is lost");
        assertThat(columns.toString())
                .startsWith("two of them\nUPS ")
                .contains("lost since 12:00")
                .endsWith("\n\nWarning: one is lost");
        assertThat(new Columns("UPS").json()).isEqualTo("[]");
    }

    @Test
    void standWithoutTitlesAndSeparated() {
        var columns =
                Columns.separatedBy(": ", "NAME", "VALUE").row("ups.load", "20").row("longer.name", "");
        assertThat(columns.toString()).isEqualTo("ups.load: 20\nlonger.name:");
        assertThat(columns.json()).contains("{\"name\": \"ups.load\", \"value\": \"20\"}");
    }
}
