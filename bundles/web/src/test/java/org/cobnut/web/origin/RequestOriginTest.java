package org.cobnut.web.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestOriginTest {
    @ParameterizedTest
    @CsvSource({
        "localhost:8080, true",
        "127.0.0.1, true",
        "[::1]:8080, true",
        "localhost.evil.example, false",
        "127.0.0.1.evil.example:8080, false",
        "10.0.0.1, false",
        "'', false"
    })
    void isLocalByOneOfThisMachinesOwnNamesOnly(String host, boolean local) {
        assertThat(requestOrigin("GET", host, "", "").local()).isEqualTo(local);
    }

    @Test
    void overTlsTheCertificateHasProvenTheName() {
        assertThat(new RequestOrigin("GET", true, "ups.example", Optional.empty(), Optional.empty(), Optional.empty())
                        .local())
                .isTrue();
        assertThat(new RequestOrigin(
                                "POST",
                                true,
                                "ups.example",
                                Optional.of("https://evil.example"),
                                Optional.empty(),
                                Optional.empty())
                        .ownWish())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GET,  http://evil.example,   cross-site,  true
            POST, http://evil.example,   '',          false
            POST, http://localhost:8080, '',          true
            POST, http://localhost:8080, same-origin, true
            POST, '',                    cross-site,  false
            POST, '',                    same-site,   false
            POST, '',                    none,        true
            POST, null,                  '',          false
            POST, '',                    '',          true
            PUT,  http://evil.example,   '',          false
            """)
    void aChangeMustNotComeFromAnotherSitesPage(String method, String origin, String site, boolean own) {
        assertThat(requestOrigin(method, "localhost:8080", origin, site).ownWish())
                .isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({"admin:a:b, admin, 'a:b'", "admin:, admin, ''", "':x', '', x"})
    void readsBasicCredentials(String pair, String user, String password) {
        var header = "basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        assertThat(authorized(header).credentials()).contains(new RequestOrigin.Credentials(user, password));
    }

    @ParameterizedTest
    @CsvSource({"''", "Bearer abc", "Basic", "Basic !!!", "Basic abc", "Basic bm9jb2xvbg=="})
    void takesAnythingElseForNone(String header) {
        assertThat(authorized(header).credentials()).isEmpty();
    }

    @Test
    void neverShowsAPassword() {
        var requestOrigin = authorized(
                "Basic " + Base64.getEncoder().encodeToString("admin:hush".getBytes(StandardCharsets.UTF_8)));
        assertThat(requestOrigin.toString()).isEqualTo("GET to localhost from nowhere");
        assertThat(requestOrigin.credentials().orElseThrow()).hasToString("admin");
    }

    private static RequestOrigin authorized(String header) {
        return new RequestOrigin("GET", false, "localhost", Optional.empty(), Optional.empty(), Optional.of(header));
    }

    private static RequestOrigin requestOrigin(String method, String host, String origin, String site) {
        return new RequestOrigin(method, false, host, given(origin), given(site), Optional.empty());
    }

    private static Optional<String> given(String header) {
        return Optional.of(header).filter(text -> !text.isEmpty());
    }
}
