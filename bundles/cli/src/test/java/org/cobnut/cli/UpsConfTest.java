package org.cobnut.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpsConfTest {
    @Test
    void readsSectionsBetweenCommentsAndBlankLines() {
        var conf = UpsConf.parse("""
                # what stands before the first section counts for all

                maxretry = 3
                nowait

                [one]  # a comment
                    driver = dummy-ups

                    port = one.dev
                [two]
                    driver = nutdrv_qx
                """);
        assertThat(conf.text("maxretry")).hasValue("3");
        assertThat(conf.flag("nowait")).isTrue();
        assertThat(conf.sections()).extracting(UpsConf.Section::name).containsExactly("one", "two");
    }
}
