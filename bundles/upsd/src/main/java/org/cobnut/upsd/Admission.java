package org.cobnut.upsd;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates a client, and checks the address it comes from. What can be told at once is told at once; hashes and
 * look-ups happen elsewhere than on event loops. A right password is never kept waiting for others' guesses; a wrong one
 * is answered when {@link LoginThrottle} has a place for it, and not at all when that is too far away. So an answer, and
 * the time it takes, depend neither on whether there is such a user nor on how its password is written down.
 */
final class Admission implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Admission.class);
    private static final int HASHERS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    private static final long LOOK_MILLIS = 500;

    private final Users users;
    private final Supplier<HostRules> rules;
    private final HostNames names;
    private final Supplier<Quotas> quotas;
    private final LoginThrottle throttle;
    private final LoginFailures failures;
    private final HashQueue hashes = new HashQueue();
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService hashers;
    private final AtomicInteger hashing = new AtomicInteger();

    /**
     * Admission on these rules and quotas, whatever they are at the moment.
     *
     * @param look brings the rules up to date; called twice a second, and may block
     */
    Admission(Users users, Supplier<HostRules> rules, Runnable look, Supplier<Quotas> quotas, LongSupplier nanos) {
        this.users = users;
        this.rules = rules;
        this.quotas = quotas;
        this.throttle = new LoginThrottle(nanos);
        this.failures = new LoginFailures(nanos);
        this.names = new HostNames(nanos);
        timer = new ScheduledThreadPoolExecutor(2, threads("upsd-login"));
        timer.scheduleWithFixedDelay(look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(failures::summarise, 1, 1, TimeUnit.SECONDS);
        hashers = Executors.newFixedThreadPool(HASHERS, threads("upsd-hash"));
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Tells the logs of logins that failed. */
    LoginFailures failures() {
        return failures;
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
        timer.shutdownNow();
        hashers.shutdownNow();
        names.close();
        failures.close();
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
        if (claim.proven().filter(user::equals).isPresent() || claim.refusedAs(user)) return null;
        // Nobody guesses a certificate, so it waits for nobody who guesses.
        if (claim.shows(user)) {
            claim.proven(user, true);
            return null;
        }
        String source = LoginThrottle.source(claim.address());
        boolean known = throttle.known(source, user);
        boolean heard = known || throttle.mayCheck(source, claim.user());
        if (heard && user.secret().glance(claim.password()) == Secret.Glance.RIGHT) {
            right(claim, user, source);
            return null;
        }
        // Whoever is named, a wrong password is as much work, and none of it here.
        boolean work = heard && users.cost() > 0;
        LoginThrottle.Place place =
                throttle.place(source, claim.user(), quotas.get().loginDelayNanos());
        if (place.now() && !work) {
            claim.refused(user, refusal(user));
            return null;
        }
        Guess.Found found = heard && !work ? Guess.Found.WRONG : Guess.Found.NOTHING;
        var guess = new Guess(claim, user, source, place, found);
        wait(guess, known, work);
        return guess.answered();
    }

    private void wait(Guess guess, boolean known, boolean work) {
        try {
            if (!guess.place().now()) {
                long wait = guess.place().none()
                        ? quotas.get().loginDelayNanos()
                        : guess.place().nanos();
                timer.schedule(() -> due(guess), wait, TimeUnit.NANOSECONDS);
            }
            if (!work) return;
            hashes.add(guess, known).ifPresent(this::inTurn);
            wake();
        } catch (RejectedExecutionException over) {
            guess.due();
            answer(guess); // the server stops
        }
    }

    /** Sees to it that the queue is worked off. */
    private void wake() {
        if (hashing.getAndUpdate(now -> Math.min(now + 1, HASHERS)) >= HASHERS) return;
        try {
            hashers.execute(this::work);
        } catch (RejectedExecutionException over) {
            hashing.decrementAndGet(); // the server stops, and closes who waits
        }
    }

    private void work() {
        try {
            for (HashQueue.Turn turn = hashes.poll(); turn != null; turn = hashes.poll()) hash(turn);
        } finally {
            hashing.decrementAndGet();
        }
        if (!hashes.isEmpty()) wake(); // it came while this thread was ending
    }

    private void hash(HashQueue.Turn turn) {
        Guess guess = turn.guess();
        if (guess.begin()) {
            boolean right = false;
            try {
                right = guess.user().secret().check(guess.claim().password());
                if (!right) users.work(guess.user(), guess.claim().password());
            } catch (RuntimeException e) {
                log.error("A password could not be checked", e);
            } finally {
                guess.found(right);
            }
        }
        if (turn.inTurn()) inTurn(guess);
        else answer(guess);
    }

    /** What has a place now is answered in its turn; anything else waits for its place. */
    private void inTurn(Guess guess) {
        if (guess.place().now()) guess.due();
        answer(guess);
    }

    private void due(Guess guess) {
        guess.due();
        answer(guess);
    }

    private void answer(Guess guess) {
        if (!guess.decide()) return;
        Claim claim = guess.claim();
        User user = guess.user();
        switch (guess.found()) {
            case RIGHT -> {
                throttle.giveBack(guess.source(), claim.user(), guess.place());
                right(claim, user, guess.source());
            }
            case WRONG -> claim.refused(user, refusal(user));
            case NOTHING, CHECKING -> claim.unheard("too many attempts at once");
        }
        if (guess.found() != Guess.Found.RIGHT && guess.place().none()) claim.leaveUnanswered();
        guess.answered().complete(null);
    }

    private void right(Claim claim, User user, String source) {
        claim.proven(user, false);
        throttle.succeeded(source, user);
    }

    private String refusal(User user) {
        if (!users.knows(user)) return "unknown user";
        return user.certified() ? "neither this user's certificate nor the password" : "wrong password";
    }
}
