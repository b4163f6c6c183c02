package org.cobnut.upsd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamilyTest {
    @Test
    void halvesWhatStandsForBoth() throws IOException {
        assertThat(Family.of("4").limit(ListenAddress.all(List.of("* 1")), true))
                .containsExactly(ListenAddress.of("0.0.0.0 1"));
        assertThat(Family.of("6").limit(ListenAddress.all(List.of("* 1")), true))
                .containsExactly(ListenAddress.of(":: 1"));
        assertThat(Family.of("6").limit(ListenAddress.all(List.of()), false)).containsExactly(ListenAddress.of("::1"));
    }

    @Test
    void leavesNamesToTheResolver() throws IOException {
        var named = ListenAddress.all(List.of("localhost 1"));
        assertThat(Family.of("4").limit(named, true)).isEqualTo(named);
        assertThat(Family.of(null).limit(ListenAddress.all(List.of("::1", "127.0.0.1")), true))
                .hasSize(2);
    }

    @Test
    void refusesAnAddressOfTheOtherVersionAsDebianDoes() {
        assertThatThrownBy(() -> Family.of("4").limit(ListenAddress.all(List.of("127.0.0.1", "::1")), true))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("Address family for hostname not supported");
    }
}
