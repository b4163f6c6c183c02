package org.cobnut.upsd;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** A section of upsd.users: who it is, and what that one may do (upsd.users(5)). */
@Designate(ocd = User.Config.class, factory = true)
@Component(service = User.class, configurationPid = "cobnut.user", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class User {
    @ObjectClassDefinition(name = "UPS user", description = "Somebody who may change devices or log into them")
    @interface Config {
        @AttributeDefinition(description = "Name, with regard to case")
        String name();

        @AttributeDefinition(
                type = AttributeType.PASSWORD,
                description = "Password; without one the user can never log in")
        String password() default "";

        @AttributeDefinition(
                required = false,
                description = "What the user may do beyond reading: SET variables, FSD, LOGIN, PRIMARY")
        String[] actions() default {};

        @AttributeDefinition(required = false, description = "Instant commands the user may run, or ALL")
        String[] instcmds() default {};

        @AttributeDefinition(
                required = false,
                description = "Role of the upsmon that logs in as this user",
                options = {
                    @Option(label = "none", value = ""),
                    @Option(label = "primary", value = "primary"),
                    @Option(label = "secondary", value = "secondary")
                })
        String upsmon() default "";
    }

    /** What a request may need, by the words of upsd.users. */
    enum Action {
        SET,
        FSD,
        LOGIN,
        PRIMARY
    }

    private static final String ALL = "ALL";

    private final String name;
    private final byte[] password;
    private final Set<String> actions;
    private final Set<String> commands;

    /** One user as it stands in the configuration; a change makes a new one. */
    @Activate
    public User(Config config) {
        this(config.name(), config.password(), config.actions(), config.instcmds(), config.upsmon());
    }

    User(String name, String password, String[] actions, String[] instcmds, String upsmon) {
        this.name = name;
        this.password = password.getBytes(StandardCharsets.UTF_8);
        this.actions = Stream.concat(Stream.of(actions), role(upsmon))
                .map(User::upper)
                .map(action -> action.equals("MASTER") ? Action.PRIMARY.name() : action)
                .collect(Collectors.toUnmodifiableSet());
        this.commands = Stream.of(instcmds).map(User::upper).collect(Collectors.toUnmodifiableSet());
    }

    String name() {
        return name;
    }

    /** Compared in constant time; an empty password opens nothing. */
    boolean knows(String given) {
        return password.length > 0 && MessageDigest.isEqual(password, given.getBytes(StandardCharsets.UTF_8));
    }

    boolean may(Action action) {
        return actions.contains(action.name());
    }

    /** Exact names only, without regard to case; NUT knows no patterns here. */
    boolean mayRun(String command) {
        return commands.contains(ALL) || commands.contains(upper(command));
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
