package org.cobnut.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "nas, nas:3551",
        "nas:7000, nas:7000",
        "192.0.2.1:1, 192.0.2.1:1",
        "::1, [::1]:3551",
        "[::1], [::1]:3551",
        "[fe80::1%eth0]:80, [fe80::1%eth0]:80",
    })
    void readsHostsAndPorts(String text, String meant) {
        assertThat(HostPort.parse(text, 3551)).hasToString(meant);
        assertThat(HostPort.parse(meant, 1)).hasToString(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "nas:", "nas:0", "nas:65536", "nas:x", "[::1", "[::1]x", "a b", "http://nas"})
    void refusesWhatNamesNoHost(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text, 3551));
    }
}
