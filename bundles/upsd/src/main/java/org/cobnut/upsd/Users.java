package org.cobnut.upsd;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.upsd.User.Action;
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
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (!PID.equals(event.getFactoryPid())) return;
        try {
            if (event.getType() == ConfigurationEvent.CM_DELETED) byPid.remove(event.getPid());
            else read("(service.pid=" + event.getPid() + ")");
        } catch (IOException lost) {
            log.error("upsd.users: a change is not taken over: {}", lost.getMessage());
        }
    }

    /** Why this user may not, as one word for the log; empty when the user may. */
    Optional<String> refusal(String name, String password, Action action) {
        return refusal(name, password)
                .or(() -> who(name).may(action) ? Optional.empty() : Optional.of("no right to " + action));
    }

    /** The same for an instant command. */
    Optional<String> refusalToRun(String name, String password, String command) {
        return refusal(name, password)
                .or(() -> who(name).mayRun(command) ? Optional.empty() : Optional.of("no right to run " + command));
    }

    private Optional<String> refusal(String name, String password) {
        User user = who(name);
        // Nobody's password is compared as well, so that an unknown name takes no less time.
        if (user.knows(password)) return Optional.empty();
        return Optional.of(user == NOBODY ? "unknown user" : "wrong password");
    }

    private User who(String name) {
        return byPid.values().stream()
                .filter(user -> user.name().equals(name))
                .findFirst()
                .orElse(NOBODY);
    }

    private void read(String filter) throws IOException {
        try {
            Configuration[] found = source.find(filter);
            if (found == null) return;
            for (Configuration one : found) byPid.put(one.getPid(), User.of(one.getProperties()));
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
