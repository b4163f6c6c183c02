package org.cobnut.upsd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressFamilyTest {
    @Test
    void halvesWhatStandsForBoth() throws IOException {
        assertThat(AddressFamily.of("4").limit(ListenAddress.all(List.of("* 1")), true))
                .containsExactly(ListenAddress.of("0.0.0.0 1"));
        assertThat(AddressFamily.of("6").limit(ListenAddress.all(List.of("* 1")), true))
                .containsExactly(ListenAddress.of(":: 1"));
        assertThat(AddressFamily.of("6").limit(ListenAddress.all(List.of()), false))
                .containsExactly(ListenAddress.of("::1"));
    }

    @Test
    void leavesNamesToTheResolver() throws IOException {
        var named = ListenAddress.all(List.of("localhost 1"));
        assertThat(AddressFamily.of("4").limit(named, true)).isEqualTo(named);
        assertThat(AddressFamily.of(null).limit(ListenAddress.all(List.of("::1", "127.0.0.1")), true))
                .hasSize(2);
    }

    @Test
    void refusesAnAddressOfTheOtherVersionAsDebianDoes() {
        assertThatThrownBy(() -> AddressFamily.of("4").limit(ListenAddress.all(List.of("127.0.0.1", "::1")), true))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("Address family for hostname not supported");
    }
}
