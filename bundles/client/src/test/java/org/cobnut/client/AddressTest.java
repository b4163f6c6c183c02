package org.cobnut.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            sim                 | sim | localhost | 3493
            sim@box             | sim | box       | 3493
            sim@box:1234        | sim | box       | 1234
            sim@10.0.0.1:1      | sim | 10.0.0.1  | 1
            sim@[::1]           | sim | ::1       | 3493
            sim@[fe80::1]:65535 | sim | fe80::1   | 65535
            """, delimiter = '|')
    void readsAUpsAndItsServer(String text, String ups, String host, int port) {
        assertThat(Address.of(text)).isEqualTo(new Address(ups, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "@box",
                "sim@",
                "sim:3493",
                "sim@box:",
                "sim@box:x",
                "sim@box:0",
                "sim@box:65536",
                "sim@:3493",
                "sim@box:99999999999",
                "sim@box:-1",
                "sim@box:12x",
                "sim@[::1",
                "sim@[]",
                "sim@[::1]:",
                "sim@[::1]3493"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Address.of(text));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ''         | localhost | 3493
            box        | box       | 3493
            box:1234   | box       | 1234
            [::1]:1234 | ::1       | 1234
            """, delimiter = '|')
    void readsAServerAlone(String text, String host, int port) {
        assertThat(Address.server(text)).isEqualTo(new Address("", host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim@box", "sim@box:1234", "sim@[::1]", "sim@[::1]:1234", "box", "[::1]:1234"})
    void writesWhatItReads(String text) {
        Address address = text.contains("@") ? Address.of(text) : Address.server(text);
        assertThat(address).hasToString(text);
    }

    @Test
    void keepsTheServerForAnotherUps() {
        assertThat(Address.server("box:7").withUps("sim")).isEqualTo(Address.of("sim@box:7"));
    }
}
