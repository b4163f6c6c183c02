package org.cobnut.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource({
        "password, true",
        "authPassword, true",
        "COMMUNITY, true",
        "default.driver.token, true",
        "bypass_when_off, false",
        "user, false",
        "port, false"
    })
    void areToldByTheirKeys(String key, boolean secret) {
        assertThat(Secrets.holds(key)).isEqualTo(secret);
    }

    @Test
    void anOptionThatDoesNotTellCannotBeASecret() {
        assertThat(Option.secret("password", "to log in").kind()).isEqualTo(Option.Kind.SECRET);
        assertThatThrownBy(() -> Option.secret("pin", "to log in")).hasMessage("pin does not tell that it is a secret");
    }
}
