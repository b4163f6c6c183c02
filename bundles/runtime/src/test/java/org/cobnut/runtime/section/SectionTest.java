package org.cobnut.runtime.section;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SectionTest {
    @Test
    void keepsTheBlanksOfAQuotedValue() {
        assertThat(Section.options("password =  a b ", "x=y", " flag ", "z = w"))
                .isEqualTo(Map.of("password", " a b ", "x", "y", "flag", "", "z", "w"));
    }
}
