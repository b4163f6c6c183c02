package org.cobnut.link.http;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.cobnut.link.LinkParameters;
import org.jspecify.annotations.Nullable;

/** How pages of a device are asked for. Immutable. */
public final class HttpParameters implements LinkParameters {
    /** What counts unless something else is said: 5 s, a megabyte, no login. */
    public static final HttpParameters USUAL =
            new HttpParameters(Duration.ofSeconds(5), 1 << 20, Optional.empty(), Optional.empty());

    private final Duration timeout;
    private final int limit;
    private final Optional<String> login;
    private final Optional<String> password;

    private HttpParameters(Duration timeout, int limit, Optional<String> login, Optional<String> password) {
        if (timeout.isNegative() || timeout.isZero())
            throw new IllegalArgumentException("a device needs some time for a page");
        if (limit < 1) throw new IllegalArgumentException("a page of no bytes");
        this.timeout = timeout;
        this.limit = limit;
        this.login = login;
        this.password = password;
    }

    /** The same with another time for each page. */
    public HttpParameters timeout(Duration other) {
        return new HttpParameters(other, limit, login, password);
    }

    /** The same with another length of the longest page, in bytes. */
    public HttpParameters limit(int bytes) {
        return new HttpParameters(timeout, bytes, login, password);
    }

    /** The same with a login by basic authentication; it is given to the device only when the device asks for it. */
    public HttpParameters login(String name, String secret) {
        return new HttpParameters(timeout, limit, Optional.of(name), Optional.of(secret));
    }

    public Duration timeout() {
        return timeout;
    }

    public int limit() {
        return limit;
    }

    public Optional<String> login() {
        return login;
    }

    public Optional<String> password() {
        return password;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpParameters that
                && timeout.equals(that.timeout)
                && limit == that.limit
                && login.equals(that.login)
                && password.equals(that.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeout, limit, login, password);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "%d ms, %d bytes%s".formatted(timeout.toMillis(), limit, login.isPresent() ? ", with a login" : "");
    }
}
