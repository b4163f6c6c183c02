package org.cobnut.upsd;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * Everybody of upsd.users. Rights are judged at each request, so a change counts for connections that are open. Reads
 * Configuration Admin itself: the properties of a component are shown on pages and by shells, and these hold passwords.
 */
@Component(
        service = {Users.class, SynchronousConfigurationListener.class},
        configurationPolicy = ConfigurationPolicy.IGNORE)
public final class Users implements SynchronousConfigurationListener {
    /** The factory PID of the sections of upsd.users. */
    static final String PID = "cobnut.user";

    private static final Logger log = LoggerFactory.getLogger(Users.class);
    private static final User NOBODY = new User("", "", new String[0], new String[0], "");

    /** Where configurations are found by filter. */
    private interface Source {
        Configuration @Nullable [] find(String filter) throws IOException, InvalidSyntaxException;
    }

    private final Source source;
    private final Map<String, User> byPid = new ConcurrentHashMap<>();
    private volatile Map<String, User> byName = Map.of();
    private volatile int cost;

    /** All that are there now; events tell of the others. */
    @Activate
    public Users(@Reference ConfigurationAdmin admin) throws IOException {
        source = admin::listConfigurations;
        read("(service.factoryPid=" + PID + ")");
    }

    /** Nobody yet. */
    Users() {
        source = filter -> null;
    }

    void add(User user) {
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
            log.error("upsd.users: a change is not taken over: {}", lost.getMessage());
        }
    }

    /** The user of this name as it is now: another object after an edit, and one that nobody can be when there is none. */
    User who(String name) {
        return byName.getOrDefault(name, NOBODY);
    }

    /** Whether this is somebody of upsd.users. */
    boolean knows(User user) {
        return !NOBODY.equals(user);
    }

    /** Iterations that a failed login takes, whoever is named: those of the dearest hash. */
    int cost() {
        return cost;
    }

    /** Does the work that a failed login as this user lacks, so that time tells nothing; not on an event loop. */
    void work(User user, String password) {
        int lacking = cost - user.secret().cost();
        if (lacking > 0) HashedPassword.of(password, lacking);
    }

    /** What is asked at each request, from what the files say. */
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
            Configuration[] found = source.find(filter);
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
