package org.cobnut.upsd.access;

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
import org.cobnut.upsd.config.Quotas;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates a client and checks its address. Results that need no work are known at once; hashing and name look-ups
 * run on other threads than event loops. A right password never waits for the guesses of others. The reply to a wrong
 * password waits for a slot of {@link LoginThrottle}, and is not sent at all when the slot is too far away. So neither
 * the reply nor its time depends on whether the user exists, or on how its password is stored.
 */
public final class Authenticator implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Authenticator.class);
    private static final int HASHERS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));

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

    /** An authenticator with these rules and quotas; both may change. */
    public Authenticator(Users users, Supplier<HostRules> rules, Supplier<Quotas> quotas, LongSupplier nanos) {
        this.users = users;
        this.rules = rules;
        this.quotas = quotas;
        this.throttle = new LoginThrottle(nanos);
        this.failures = new LoginFailures(nanos);
        this.names = new HostNames(nanos);
        timer = new ScheduledThreadPoolExecutor(2, threads("upsd-login"));
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

    /** Writes failed logins to the logs. */
    public LoginFailures failures() {
        return failures;
    }

    /**
     * Checks the host rules for a login and, if asked for, its password or certificate.
     *
     * @return what to wait for before the login may be read, or null when it may be read now
     */
    @Nullable
    public CompletionStage<Void> authenticate(Login login, boolean proof) {
        HostRules now = rules.get();
        if (!login.checkedBy(now)) {
            if (now.askForNames() && names.kept(login.address()).isEmpty())
                return names.find(login.address()).thenCompose(found -> after(login, proof, now));
            judge(login, now);
        }
        return login.hostAllowed() && proof ? checkPassword(login) : null;
    }

    /** Whether the certificate of a login is enough, so that it needs no password. */
    public boolean certified(Login login) {
        return login.certificateMatches(users.find(login.user()));
    }

    /** Whether upsd.conf demands a login before a client of another machine may read. */
    public boolean loginToRead() {
        return quotas.get().loginToRead();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        hashers.shutdownNow();
        names.close();
        failures.close();
    }

    private CompletionStage<Void> after(Login login, boolean proof, HostRules by) {
        judge(login, by);
        CompletionStage<Void> more = login.hostAllowed() && proof ? checkPassword(login) : null;
        return more == null ? CompletableFuture.completedFuture(null) : more;
    }

    private void judge(Login login, HostRules by) {
        InetAddress address = login.address();
        String name = names.kept(address).orElse(HostPattern.UNKNOWN);
        login.hostAllowed(by, by.allow(new HostPattern.Peer(login.user(), address, name)));
    }

    private @Nullable CompletionStage<Void> checkPassword(Login login) {
        User user = users.find(login.user());
        if (login.authenticatedUser().filter(user::equals).isPresent() || login.refusedAs(user)) return null;
        // A certificate cannot be guessed, so it needs no throttle.
        if (login.certificateMatches(user)) {
            login.authenticatedUser(user, true);
            return null;
        }
        String source = LoginThrottle.source(login.address());
        boolean known = throttle.known(source, user);
        boolean heard = known || throttle.mayCheck(source, login.user());
        if (heard && user.secret().checkQuickly(login.password()) == Secret.Verdict.RIGHT) {
            right(login, user, source);
            return null;
        }
        // A wrong password costs the same work for every name, and none of it runs on this thread.
        boolean work = heard && users.cost() > 0;
        LoginThrottle.ReplySlot slot =
                throttle.reserve(source, login.user(), quotas.get().loginDelayNanos());
        if (slot.now() && !work) {
            login.refused(user, refusal(user));
            return null;
        }
        PasswordCheck.Result result = heard && !work ? PasswordCheck.Result.WRONG : PasswordCheck.Result.UNCHECKED;
        var check = new PasswordCheck(login, user, source, slot, result);
        wait(check, known, work);
        return check.answered();
    }

    private void wait(PasswordCheck check, boolean known, boolean work) {
        try {
            if (!check.slot().now()) {
                long wait = check.slot().none()
                        ? quotas.get().loginDelayNanos()
                        : check.slot().nanos();
                timer.schedule(() -> due(check), wait, TimeUnit.NANOSECONDS);
            }
            if (!work) return;
            hashes.add(check, known).ifPresent(this::answerInOrder);
            wake();
        } catch (RejectedExecutionException over) {
            check.due();
            answer(check); // the server stops
        }
    }

    /** Makes sure that a thread works off the queue. */
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
            for (HashQueue.Item item = hashes.poll(); item != null; item = hashes.poll()) hash(item);
        } finally {
            hashing.decrementAndGet();
        }
        if (!hashes.isEmpty()) wake(); // it came while this thread was ending
    }

    private void hash(HashQueue.Item item) {
        PasswordCheck check = item.check();
        if (check.begin()) {
            boolean right = false;
            try {
                right = check.user().secret().check(check.login().password());
                if (!right) users.work(check.user(), check.login().password());
            } catch (RuntimeException e) {
                log.error("A password cannot be checked: {}; it counts as wrong", ErrorText.of(e), e);
            } finally {
                check.result(right);
            }
        }
        if (item.inOrder()) answerInOrder(check);
        else answer(check);
    }

    /** Answers a check that has its slot now; any other waits for its slot. */
    private void answerInOrder(PasswordCheck check) {
        if (check.slot().now()) check.due();
        answer(check);
    }

    private void due(PasswordCheck check) {
        check.due();
        answer(check);
    }

    private void answer(PasswordCheck check) {
        if (!check.decide()) return;
        Login login = check.login();
        User user = check.user();
        switch (check.result()) {
            case RIGHT -> {
                throttle.release(check.source(), login.user(), check.slot());
                right(login, user, check.source());
            }
            case WRONG -> login.refused(user, refusal(user));
            case UNCHECKED, CHECKING -> login.notChecked("too many attempts at once");
        }
        if (check.result() != PasswordCheck.Result.RIGHT && check.slot().none()) login.dropAnswer();
        check.answered().complete(null);
    }

    private void right(Login login, User user, String source) {
        login.authenticatedUser(user, false);
        throttle.succeeded(source, user);
    }

    private String refusal(User user) {
        if (!users.knows(user)) return "unknown user";
        return user.certified() ? "neither this user's certificate nor the password" : "wrong password";
    }
}
