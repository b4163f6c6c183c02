package org.cobnut.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageResponseTest {
    @Test
    void marksScriptsOfThePageAndNotThoseWithinOthers() {
        assertThat(PageResponse.marked(
                        "<p><script src=\"a.js\"></script><script>var data = \"<script>evil()\";</script></p>", "N"))
                .isEqualTo("<p><script nonce=\"N\" src=\"a.js\"></script><script nonce=\"N\">"
                        + "var data = \"<script>evil()\";</script></p>");
        assertThat(PageResponse.marked("<script>open", "N")).isEqualTo("<script nonce=\"N\">open");
        assertThat(PageResponse.marked("none", "N")).isEqualTo("none");
    }
}
