package org.cobnut.upsd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @Test
    void readsEveryForm() {
        assertThat(ListenAddress.all(List.of("127.0.0.1", "::1 3494", "[::2]", "* 4000", "nut.example 5", "::1 3494")))
                .map(ListenAddress::toString)
                .containsExactly(
                        "127.0.0.1 port 3493",
                        "::1 port 3494",
                        "::2 port 3493",
                        "0.0.0.0 port 4000",
                        ":: port 4000",
                        "nut.example port 5");
    }

    @Test
    void listensOnLoopbackWhenNothingIsSaid() {
        assertThat(ListenAddress.all(List.of()))
                .map(ListenAddress::toString)
                .containsExactly("127.0.0.1 port 3493", "::1 port 3493");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b c", "a 65536", "a -1", "a nut"})
    void refusesWhatIsNoAddress(String words) {
        assertThatThrownBy(() -> ListenAddress.of(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LISTEN wants");
    }
}
