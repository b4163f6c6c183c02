package org.cobnut.upsd;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether somebody is who that one claims to be, and may come from where it comes from. What can be told at
 * once is told at once; work, look-ups and the delay after failures happen elsewhere than on event loops. The attempts
 * of one origin follow each other, so that guessing in parallel gains nothing.
 */
final class Admission implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Admission.class);
    private static final int THREADS = 3;
    private static final long LOOK_MILLIS = 500;
    private static final int MOST_OF_ONE = 32;
    private static final int MOST_BEHIND_OTHERS = 4096;

    private final Users users;
    private final Supplier<HostRules> rules;
    private final HostNames names;
    private final Supplier<Quotas> quotas;
    private final Brake brake;
    private final ScheduledThreadPoolExecutor workers;
    private final Map<String, Deque<Attempt>> queues = new HashMap<>();
    private int behindOthers;

    private record Attempt(Claim claim, String origin, CompletableFuture<Void> done) {}

    /**
     * Admission on these rules and quotas, whatever they are at the moment.
     *
     * @param look brings the rules up to date; called twice a second, and may block
     */
    Admission(Users users, Supplier<HostRules> rules, Runnable look, Supplier<Quotas> quotas, LongSupplier nanos) {
        this.users = users;
        this.rules = rules;
        this.quotas = quotas;
        this.brake = new Brake(nanos);
        this.names = new HostNames(nanos);
        workers = new ScheduledThreadPoolExecutor(THREADS, task -> {
            var thread = new Thread(task, "upsd-login");
            thread.setDaemon(true);
            return thread;
        });
        workers.setKeepAliveTime(30, TimeUnit.SECONDS);
        workers.allowCoreThreadTimeOut(true);
        workers.scheduleWithFixedDelay(look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Brings a claim up to date: is it welcome, and, if that is asked, is it proven.
     *
     * @return what to wait for before the claim may be looked at, or null when that is now
     */
    @Nullable
    CompletionStage<Void> settle(Claim claim, boolean proof) {
        HostRules now = rules.get();
        if (!claim.asked(now)) {
            if (now.askForNames() && names.kept(claim.address()).isEmpty())
                return names.find(claim.address()).thenCompose(found -> after(claim, proof, now));
            judge(claim, now);
        }
        return claim.welcome() && proof ? prove(claim) : null;
    }

    /** Whether the claim's certificate is enough, so that no password need be said. */
    boolean certified(Claim claim) {
        return claim.shows(users.who(claim.user()));
    }

    /** Whether upsd.conf asks for a login before anything is read from elsewhere. */
    boolean loginToRead() {
        return quotas.get().loginToRead();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        names.close();
    }

    private CompletionStage<Void> after(Claim claim, boolean proof, HostRules by) {
        judge(claim, by);
        CompletionStage<Void> more = claim.welcome() && proof ? prove(claim) : null;
        return more == null ? CompletableFuture.completedFuture(null) : more;
    }

    private void judge(Claim claim, HostRules by) {
        InetAddress address = claim.address();
        String name = names.kept(address).orElse(HostPattern.UNKNOWN);
        claim.welcome(by, by.allow(new HostPattern.Peer(claim.user(), address, name)));
    }

    private @Nullable CompletionStage<Void> prove(Claim claim) {
        User user = users.who(claim.user());
        if (claim.proven().filter(user::equals).isPresent()) return null;
        // Nobody guesses a certificate, so it waits for nobody who guesses.
        if (claim.shows(user)) {
            claim.proven(user, true);
            return null;
        }
        String origin = Brake.origin(claim.address(), claim.user(), users.knows(user));
        synchronized (queues) {
            boolean free = !queues.containsKey(origin) && delay(claim, origin) == 0;
            if (!free) return queue(new Attempt(claim, origin, new CompletableFuture<>()));
        }
        // Whoever is named, a wrong password is as much work, and none of it here.
        Secret.Glance glance = user.secret().glance(claim.password());
        if (glance == Secret.Glance.UNSURE || (glance == Secret.Glance.WRONG && users.cost() > 0)) {
            synchronized (queues) {
                return queue(new Attempt(claim, origin, new CompletableFuture<>()));
            }
        }
        conclude(claim, user, origin, glance == Secret.Glance.RIGHT);
        return null;
    }

    private long delay(Claim claim, String origin) {
        return brake.delay(origin, claim.user(), quotas.get().loginDelayNanos());
    }

    private CompletionStage<Void> queue(Attempt attempt) {
        Deque<Attempt> queue = queues.get(attempt.origin());
        if (queue == null) {
            queue = new ArrayDeque<>();
            queue.add(attempt);
            queues.put(attempt.origin(), queue);
            start(attempt);
        } else if (queue.size() >= MOST_OF_ONE || behindOthers >= MOST_BEHIND_OTHERS) {
            attempt.claim().refused("too many attempts at once");
            attempt.done().complete(null);
        } else {
            behindOthers++;
            queue.add(attempt);
        }
        return attempt.done();
    }

    private void start(Attempt attempt) {
        workers.schedule(() -> run(attempt), delay(attempt.claim(), attempt.origin()), TimeUnit.NANOSECONDS);
    }

    private void run(Attempt attempt) {
        try {
            Claim claim = attempt.claim();
            User user = users.who(claim.user());
            boolean right = user.secret().check(claim.password());
            if (!right) users.work(user, claim.password());
            conclude(claim, user, attempt.origin(), right);
        } catch (RuntimeException e) {
            attempt.claim().refused("an error of ours");
            log.error("A login could not be checked", e);
        } finally {
            next(attempt);
            attempt.done().complete(null);
        }
    }

    private void next(Attempt done) {
        synchronized (queues) {
            Deque<Attempt> queue = queues.get(done.origin());
            if (queue == null) return;
            queue.remove();
            Attempt next = queue.peek();
            if (next == null) queues.remove(done.origin());
            else {
                behindOthers--;
                start(next);
            }
        }
    }

    private void conclude(Claim claim, User user, String origin, boolean right) {
        if (right) {
            claim.proven(user, false);
            brake.succeeded(origin, claim.user());
        } else {
            claim.refused(refusal(user));
            brake.failed(origin, claim.user());
        }
    }

    private String refusal(User user) {
        if (!users.knows(user)) return "unknown user";
        return user.certified() ? "neither this user's certificate nor the password" : "wrong password";
    }
}
