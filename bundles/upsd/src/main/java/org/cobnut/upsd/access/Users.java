package org.cobnut.upsd.access;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.wire.ErrorText;
import org.cobnut.wire.HashedPassword;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of upsd.users. Rights are checked at each request, so a change counts for open connections too. Reads
 * Configuration Admin itself: pages and shells show the properties of a component, and these hold passwords.
 */
@Component(
        service = {Users.class, SynchronousConfigurationListener.class},
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class Users implements SynchronousConfigurationListener {
    /** The factory PID of the sections of upsd.users. */
    static final String PID = "cobnut.user";

    private static final Logger log = LoggerFactory.getLogger(Users.class);
    private static final User NOBODY = new User("", "", new String[0], new String[0], "");

    /** Lists configurations that match a filter. */
    private interface Source {
        Configuration @Nullable [] list(String filter) throws IOException, InvalidSyntaxException;
    }

    private final Source source;
    private final Map<String, User> byPid = new ConcurrentHashMap<>();
    private volatile Map<String, User> byName = Map.of();
    private volatile int cost;

    /** Reads all users; configuration events report later changes. */
    @Activate
    public Users(@Reference ConfigurationAdmin admin) throws IOException {
        source = admin::listConfigurations;
        read("(service.factoryPid=" + PID + ")");
    }

    /** No users. */
    public Users() {
        source = filter -> null;
    }

    public void add(User user) {
        byPid.put(user.name(), user);
        order();
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (!PID.equals(event.getFactoryPid())) return;
        try {
            if (event.getType() != ConfigurationEvent.CM_DELETED) read("(service.pid=" + event.getPid() + ")");
            else if (byPid.remove(event.getPid()) != null) order();
        } catch (IOException lost) {
            log.error("upsd.users: a change does not count: {}; the users of before stay in force", ErrorText.of(lost));
        }
    }

    /**
     * The user of this name as it is now. An edit makes another object. For an unknown name it is a user whom no
     * password and no certificate authenticates.
     */
    User find(String name) {
        return byName.getOrDefault(name, NOBODY);
    }

    /** Whether this user is in upsd.users. */
    boolean knows(User user) {
        return !NOBODY.equals(user);
    }

    /** Iterations that a failed login takes for any user name: those of the most expensive hash. */
    int cost() {
        return cost;
    }

    /**
     * Does the work that a failed login of this user lacks, so that its time does not show whether the user exists; not
     * on an event loop.
     */
    void work(User user, String password) {
        int lacking = cost - user.secret().cost();
        if (lacking > 0) HashedPassword.of(password, lacking);
    }

    /** Indexes the users by name, for the look-up at each request. */
    private synchronized void order() {
        var names = new HashMap<String, User>();
        byPid.values().forEach(user -> names.putIfAbsent(user.name(), user));
        byName = Map.copyOf(names);
        cost = names.values().stream()
                .mapToInt(user -> user.secret().cost())
                .max()
                .orElse(0);
    }

    private void read(String filter) throws IOException {
        try {
            Configuration[] found = source.list(filter);
            if (found == null) return;
            for (Configuration one : found) {
                User user = User.of(one.getProperties());
                user.certificateFault()
                        .ifPresent(why -> log.warn(
                                "{}: no certificate can be the user [{}]: {}",
                                one.getProperties().get(".origin"),
                                user.name(),
                                why));
                byPid.put(one.getPid(), user);
            }
            order();
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
