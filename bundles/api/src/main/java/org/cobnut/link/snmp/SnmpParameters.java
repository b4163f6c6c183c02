package org.cobnut.link.snmp;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.cobnut.link.LinkParameters;
import org.jspecify.annotations.Nullable;

/** How an agent is asked. Immutable; begin with {@link #community} or {@link #user}. */
public final class SnmpParameters implements LinkParameters {
    /** As NUT asks: once a second, five times more. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final int RETRIES = 5;

    /** The shortest secret of SNMPv3 (RFC 3414). */
    private static final int SHORTEST_SECRET = 8;

    private final Version version;
    private final String name;
    private final Optional<Secret<Authentication>> authentication;
    private final Optional<Secret<Privacy>> privacy;
    private final Duration timeout;
    private final int retries;
    private final int trapPort;

    /** The version of the protocol. */
    public enum Version {
        V1,
        V2C,
        V3
    }

    /** How a message of SNMPv3 is signed. */
    public enum Authentication {
        MD5,
        SHA,
        SHA256,
        SHA384,
        SHA512
    }

    /** How a message of SNMPv3 is encrypted. */
    public enum Privacy {
        DES,
        AES,
        AES192,
        AES256
    }

    /** A protocol of SNMPv3 and its secret. */
    private record Secret<P>(P protocol, String text) {
        @Override
        public String toString() {
            return String.valueOf(protocol);
        }
    }

    private SnmpParameters(
            Version version,
            String name,
            Optional<Secret<Authentication>> authentication,
            Optional<Secret<Privacy>> privacy,
            Duration timeout,
            int retries,
            int trapPort) {
        if (timeout.isNegative() || timeout.isZero()) throw new IllegalArgumentException("no time at all: " + timeout);
        if (retries < 0) throw new IllegalArgumentException(retries + " retries");
        if (trapPort < 0 || trapPort > 0xffff)
            throw new IllegalArgumentException("port out of range 0-65535: " + trapPort);
        this.version = version;
        this.name = name;
        this.authentication = authentication;
        this.privacy = privacy;
        this.timeout = timeout;
        this.retries = retries;
        this.trapPort = trapPort;
    }

    /** SNMPv1 or v2c with a community, which is a secret. */
    public static SnmpParameters community(Version version, String community) {
        if (version == Version.V3) throw new IllegalArgumentException("SNMPv3 has users, and no communities");
        return new SnmpParameters(version, community, Optional.empty(), Optional.empty(), TIMEOUT, RETRIES, 0);
    }

    /** SNMPv3 as this user, neither signed nor encrypted. */
    public static SnmpParameters user(String name) {
        return new SnmpParameters(Version.V3, name, Optional.empty(), Optional.empty(), TIMEOUT, RETRIES, 0);
    }

    /** The same with signed messages: authNoPriv. */
    public SnmpParameters signed(Authentication protocol, String secret) {
        if (version != Version.V3) throw new IllegalArgumentException("only SNMPv3 signs messages");
        var checked = new Secret<>(protocol, checked("authentication", secret));
        return new SnmpParameters(version, name, Optional.of(checked), privacy, timeout, retries, trapPort);
    }

    /** The same with encrypted messages, which must be {@link #signed}, too: authPriv. */
    public SnmpParameters encrypted(Privacy protocol, String secret) {
        if (authentication.isEmpty()) throw new IllegalArgumentException("encrypted messages must be signed, too");
        var checked = new Secret<>(protocol, checked("privacy", secret));
        return new SnmpParameters(version, name, authentication, Optional.of(checked), timeout, retries, trapPort);
    }

    /**
     * The same with other limits.
     *
     * @param wait for each answer
     * @param more how often a request is repeated that was not answered
     */
    public SnmpParameters patience(Duration wait, int more) {
        return new SnmpParameters(version, name, authentication, privacy, wait, more, trapPort);
    }

    /** The same with a poll for each trap or inform of the agent that arrives at this UDP port; 0 for none. */
    public SnmpParameters trapPort(int port) {
        return new SnmpParameters(version, name, authentication, privacy, timeout, retries, port);
    }

    public Version version() {
        return version;
    }

    /** The community, which is a secret, or the user of SNMPv3. */
    public String name() {
        return name;
    }

    /** How messages are signed; empty when they are not. */
    public Optional<Authentication> authentication() {
        return authentication.map(Secret::protocol);
    }

    /** The secret that signs; empty for none. */
    public String authenticationSecret() {
        return authentication.map(Secret::text).orElse("");
    }

    /** How messages are encrypted; empty when they are not. */
    public Optional<Privacy> privacy() {
        return privacy.map(Secret::protocol);
    }

    /** The secret that encrypts; empty for none. */
    public String privacySecret() {
        return privacy.map(Secret::text).orElse("");
    }

    public Duration timeout() {
        return timeout;
    }

    public int retries() {
        return retries;
    }

    /** Where traps arrive; 0 when none are waited for. */
    public int trapPort() {
        return trapPort;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SnmpParameters that
                && version == that.version
                && name.equals(that.name)
                && authentication.equals(that.authentication)
                && privacy.equals(that.privacy)
                && timeout.equals(that.timeout)
                && retries == that.retries
                && trapPort == that.trapPort;
    }

    @Override
    public int hashCode() {
        return Objects.hash(version, name, authentication, privacy, timeout, retries, trapPort);
    }

    /** Shows no secret: neither the community nor those of SNMPv3. */
    @Override
    public String toString() {
        String who = version == Version.V3 ? " as " + name : "";
        return "SNMP%s%s, %s, %s, %d ms, %d retries"
                .formatted(version, who, authentication, privacy, timeout.toMillis(), retries);
    }

    private static String checked(String what, String secret) {
        if (secret.length() < SHORTEST_SECRET)
            throw new IllegalArgumentException(
                    "the %s password has fewer than %d characters".formatted(what, SHORTEST_SECRET));
        return secret;
    }
}
