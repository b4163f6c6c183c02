package org.cobnut.upsd;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.upsd.User.Action;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Everybody of upsd.users. Rights are judged at each request, so a change counts for connections that are open. */
@Component(service = Users.class)
public final class Users {
    private static final User NOBODY = new User("", "", new String[0], new String[0], "");

    private final Map<String, User> byName = new ConcurrentHashMap<>();

    /** Nobody yet. */
    @Activate
    public Users() {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void add(User user) {
        byName.put(user.name(), user);
    }

    void remove(User user) {
        byName.remove(user.name(), user);
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
        return byName.getOrDefault(name, NOBODY);
    }
}
