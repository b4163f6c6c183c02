package org.cobnut.cli.driver;

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

    @Test
    void mergesASectionWhoseHeadStandsTwice() {
        var conf = UpsConf.parse("[a]\ndriver = x\nsdorder = 1\n[b]\ndriver = y\n[a]\nsdorder = 2nd\n");
        assertThat(conf.sections()).extracting(UpsConf.Section::name).containsExactly("a", "b");
        assertThat(conf.sections().get(0).driver()).contains("x");
        assertThat(conf.sections().get(0).number("sdorder", 0)).isEqualTo(2);
    }
}
