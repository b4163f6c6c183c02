package org.cobnut.table.mapping;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.cobnut.driver.Due;
import org.cobnut.driver.Report;
import org.cobnut.driver.Session;
import org.cobnut.model.Outcome;
import org.cobnut.model.VarType;
import org.cobnut.table.RowOrigin;
import org.jspecify.annotations.Nullable;

/**
 * A device whose table comes from a mapping. When that mapping changes, the device is closed and opened again at the next
 * call of the session; what it showed stays until the first poll after that, which takes back what is there no more.
 */
public final class MappedSession implements Session {
    private final User user;
    private final MappingSet<?> mappings;
    private final Runnable wake;
    private final Opener opener;
    private @Nullable Opened open;
    private TrackingReport tracking = new TrackingReport();
    private volatile boolean due;

    /** Opens the device, on the mappings as they are at that moment. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens the device.
         *
         * @throws IOException when it cannot be reached; then it holds nothing
         */
        Opened open() throws IOException;
    }

    /**
     * A device that was opened.
     *
     * @param mapping what it was opened on; empty for a table of the driver's own
     * @param named whether ups.conf names that mapping, so that no other is looked for
     * @param origins where what it shows comes from
     */
    public record Opened(
            Session session, Optional<Mapping<?>> mapping, boolean named, Supplier<List<RowOrigin>> origins) {}

    /**
     * Opens a device.
     *
     * @param ups its name
     * @param wake asks the runtime for a poll
     * @throws IOException when it cannot be reached
     */
    public MappedSession(String ups, MappingSet<?> mappings, Runnable wake, Opener opener) throws IOException {
        this.mappings = mappings;
        this.wake = wake;
        this.opener = opener;
        this.user = new User(ups);
        mappings.add(user); // before it is opened, so that no change in between is missed
        boolean opened = false;
        try {
            session();
            opened = true;
        } finally {
            if (!opened) mappings.remove(user);
        }
    }

    @Override
    public void poll(Report report, Due asked) throws IOException {
        Session session = session();
        tracking.begin(report);
        session.poll(tracking, asked);
        tracking.end();
        user.origins = origins();
    }

    @Override
    public Outcome set(String variable, String value) throws IOException {
        return session().set(variable, value);
    }

    @Override
    public Outcome run(String command, String argument) throws IOException {
        return session().run(command, argument);
    }

    @Override
    public void close() {
        mappings.remove(user);
        release();
    }

    /** The session on the mappings in force. */
    private Session session() throws IOException {
        Opened current = open;
        if (due || current == null) {
            due = false;
            release();
            current = open();
            tracking = tracking.anew();
        }
        return current.session();
    }

    private Opened open() throws IOException {
        Map<String, Map<String, List<String>>> claims = claims();
        try {
            Opened opened = opener.open();
            open = opened;
            user.opened(opened, claims);
            return opened;
        } catch (IllegalArgumentException e) {
            if (tracking.untouched()) throw e;
            throw new IOException(e.getMessage(), e); // the runtime opens it anew and tells the operator
        }
    }

    private void release() {
        Opened current = open;
        open = null;
        if (current != null) current.session().close();
    }

    private List<RowOrigin> origins() {
        Opened current = open;
        return current == null ? List.of() : current.origins().get();
    }

    /** Which devices the mappings are for, by their names. */
    private Map<String, Map<String, List<String>>> claims() {
        var claims = new LinkedHashMap<String, Map<String, List<String>>>();
        for (Mapping<?> mapping : mappings.all())
            if (!mapping.matches().isEmpty()) claims.put(mapping.name(), mapping.matches());
        return claims;
    }

    /** What others see of it, from any thread. */
    private final class User implements MappingUser {
        private final String ups;
        private volatile List<RowOrigin> origins = List.of();
        private volatile @Nullable Opened opened;
        private volatile Map<String, Map<String, List<String>>> claims = Map.of();

        User(String ups) {
            this.ups = ups;
        }

        void opened(Opened now, Map<String, Map<String, List<String>>> claimsThen) {
            claims = claimsThen;
            opened = now;
            changed(); // for what changed while it was opened
        }

        @Override
        public String ups() {
            return ups;
        }

        @Override
        public Optional<Mapping<?>> mapping() {
            Opened now = opened;
            return now == null ? Optional.empty() : now.mapping();
        }

        @Override
        public List<RowOrigin> origins() {
            return origins;
        }

        @Override
        public void changed() {
            Opened now = opened;
            if (now == null) return;
            boolean gone = now.mapping().isPresent()
                    && !mappings.all().contains(now.mapping().get());
            if (!gone && (now.named() || claims.equals(claims()))) return;
            due = true;
            wake.run();
        }
    }

    /** Passes a report on, and knows what stands in it, so that another table's rows can be taken back. */
    private static final class TrackingReport implements Report {
        private final Set<String> variables = new HashSet<>();
        private final Set<String> commands = new HashSet<>();
        private Set<String> oldVariables = Set.of();
        private Set<String> oldCommands = Set.of();
        private @Nullable Report report;

        /** For the table that comes behind this one's. */
        TrackingReport anew() {
            var next = new TrackingReport();
            next.oldVariables = union(oldVariables, variables);
            next.oldCommands = union(oldCommands, commands);
            return next;
        }

        boolean untouched() {
            return variables.isEmpty() && oldVariables.isEmpty();
        }

        void begin(Report next) {
            report = next;
        }

        /** Takes back what the table before has said and this one has not. */
        void end() {
            for (String name : oldVariables) if (!variables.contains(name)) to().remove(name);
            for (String name : oldCommands) if (!commands.contains(name)) to().removeCommand(name);
            oldVariables = Set.of();
            oldCommands = Set.of();
            report = null;
        }

        private Report to() {
            if (report == null) throw new IllegalStateException("a report is for its poll only");
            return report;
        }

        private static Set<String> union(Set<String> one, Set<String> other) {
            var all = new HashSet<>(one);
            all.addAll(other);
            return all;
        }

        @Override
        public void status(String word) {
            to().status(word);
        }

        @Override
        public void alarm(String sentence) {
            to().alarm(sentence);
        }

        @Override
        public void set(String name, String value) {
            to().set(name, value);
            variables.add(name);
        }

        @Override
        public void set(String name, String value, VarType type) {
            to().set(name, value, type);
            variables.add(name);
        }

        @Override
        public void remove(String name) {
            to().remove(name);
            variables.remove(name);
        }

        @Override
        public void command(String name) {
            to().command(name);
            commands.add(name);
        }

        @Override
        public void removeCommand(String name) {
            to().removeCommand(name);
            commands.remove(name);
        }

        @Override
        public void stale(String reason) {
            to().stale(reason);
        }

        @Override
        public void again(Duration delay) {
            to().again(delay);
        }
    }
}
