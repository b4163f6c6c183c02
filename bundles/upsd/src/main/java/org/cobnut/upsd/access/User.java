package org.cobnut.upsd.access;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.tls.CertificateName;
import org.jspecify.annotations.Nullable;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A section of upsd.users: a user and its rights (upsd.users(5)). */
public final class User {
    /** The section as a form of the web console; no component reads it. */
    @ObjectClassDefinition(
            factoryPid = Users.PID,
            name = "upsd.users: a user",
            description = "One section of upsd.users: somebody who may change devices or be told of shutdowns. "
                    + "A change counts at once, for open connections too.")
    @interface Form {
        @AttributeDefinition(name = "name", description = "The section's name, with regard to case")
        String name();

        @AttributeDefinition(
                name = "password",
                type = AttributeType.PASSWORD,
                required = false,
                description = "As it is, or hashed by nutctl passwd. Without one, only a certificate can log in")
        String password() default "";

        @AttributeDefinition(
                name = "certificate",
                required = false,
                description = "Whose certificate needs no password: a name, or the whole subject, of a client's "
                        + "certificate that CERTPATH vouches for. CERTREQUEST must ask for it")
        String certificate() default "";

        @AttributeDefinition(
                name = "actions",
                required = false,
                description = "What the user may do beyond reading: SET variables, FSD, LOGIN, PRIMARY")
        String[] actions() default {};

        @AttributeDefinition(
                name = "instcmds",
                required = false,
                description = "Instant commands that the user may run, one a line, or ALL")
        String[] instcmds() default {};

        @AttributeDefinition(
                name = "upsmon",
                required = false,
                description = "Role of the upsmon that logs in as this user",
                options = {
                    @Option(label = "none", value = ""),
                    @Option(label = "primary", value = "primary"),
                    @Option(label = "secondary", value = "secondary")
                })
        String upsmon() default "";

        @AttributeDefinition(required = false, description = "How the console calls it in its list")
        String webconsole_configurationFactory_nameHint() default "{name}";
    }

    /** What a request may need, by the words of upsd.users. */
    public enum Action {
        SET,
        FSD,
        LOGIN,
        PRIMARY
    }

    private static final String ALL = "ALL";

    private final String name;
    private final Secret secret;
    private final String certificate;
    private final Set<String> actions;
    private final Set<String> commands;

    /** One user as a configuration says; a change makes a new one. */
    static User of(Dictionary<String, ?> configuration) {
        return new User(
                text(configuration.get("name")),
                text(configuration.get("password")),
                text(configuration.get("certificate")),
                texts(configuration.get("actions")),
                texts(configuration.get("instcmds")),
                text(configuration.get("upsmon")));
    }

    /** A user without a certificate. */
    public User(String name, String password, String[] actions, String[] instcmds, String upsmon) {
        this(name, password, "", actions, instcmds, upsmon);
    }

    public User(String name, String password, String certificate, String[] actions, String[] instcmds, String upsmon) {
        this.name = name;
        this.secret = Secret.of(password);
        this.certificate = certificate;
        this.actions = Stream.concat(Stream.of(actions), role(upsmon))
                .map(User::upper)
                .map(action -> action.equals("MASTER") ? Action.PRIMARY.name() : action)
                .collect(Collectors.toUnmodifiableSet());
        this.commands = Stream.of(instcmds).map(User::upper).collect(Collectors.toUnmodifiableSet());
    }

    String name() {
        return name;
    }

    /** The password; an empty one authenticates nobody. */
    Secret secret() {
        return secret;
    }

    /** Whether a certificate can authenticate this user. */
    boolean certified() {
        return !certificate.isEmpty();
    }

    /** Why no certificate can match the configured name; nothing when one can. */
    Optional<String> certificateFault() {
        return CertificateName.fault(certificate);
    }

    /** Whether this certificate, which TLS has verified, is that of the user. */
    boolean certifiedBy(X509Certificate shown) {
        return certified() && CertificateName.isUser(shown, certificate);
    }

    public boolean may(Action action) {
        return actions.contains(action.name());
    }

    /** Exact names only, without regard to case; NUT knows no patterns here. */
    public boolean mayRun(String command) {
        return commands.contains(ALL) || commands.contains(upper(command));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    /** A value of Configuration Admin that may be several, as texts. */
    public static String[] texts(@Nullable Object value) {
        if (value instanceof Object[] all)
            return Stream.of(all).map(String::valueOf).toArray(String[]::new);
        if (value instanceof Collection<?> all)
            return all.stream().map(String::valueOf).toArray(String[]::new);
        return value == null ? new String[0] : new String[] {String.valueOf(value)};
    }

    private static Stream<String> role(String upsmon) {
        return switch (upsmon.toLowerCase(Locale.ROOT)) {
            case "primary", "master" -> Stream.of("LOGIN", "PRIMARY", "FSD");
            case "secondary", "slave" -> Stream.of("LOGIN");
            default -> Stream.empty();
        };
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "User[" + name + "]";
    }
}
