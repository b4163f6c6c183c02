package org.cobnut.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void escapesWhateverIsPutIntoATemplate() {
        assertThat(new Html()
                        .add("<a href=\"%s\">%s</a>", "x\" onclick='y'", "<b> & ${appRoot}")
                        .add("<br>"))
                .hasToString("<a href=\"x&#34; onclick=&#39;y&#39;\">&#60;b&#62; &#38; &#36;{appRoot}</a><br>");
    }

    @Test
    void aTextIsNoTemplate() {
        assertThat(new Html().add("%s", "100 %s and %n")).hasToString("100 %s and %n");
    }
}
