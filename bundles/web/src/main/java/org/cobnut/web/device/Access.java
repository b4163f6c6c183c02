package org.cobnut.web.device;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.access.Authentication;
import org.cobnut.access.UserAuthenticator;
import org.cobnut.web.origin.RequestOrigin;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Decides who may read and change. Without TLS the HTTP service listens on the loopback interface only, so whoever is
 * on this machine may read, as at upsd, unless nut.conf demands a login; over TLS reading takes a login, too. Changes always take a user of upsd.users, checked by upsd.
 */
@Component(service = Access.class, configurationPid = "cobnut.nut")
public final class Access {
    @interface Config {
        /** COBNUT_WEB_LOGIN in nut.conf. */
        boolean cobnut_web_login() default false;
    }

    /** What a request is allowed. */
    public enum Verdict {
        ALLOWED,
        /** Another site's page sent it, or it names another machine. */
        FOREIGN,
        LOGIN_REQUIRED,
        LOGIN_FAILED,
        TOO_MANY_ATTEMPTS
    }

    /** A verdict, with the user if the request named one who proved right. */
    public record Decision(Verdict verdict, Optional<AuthenticatedUser> user) {
        static Decision of(Verdict verdict) {
            return new Decision(verdict, Optional.empty());
        }
    }

    private final LongAdder failures = new LongAdder();
    private volatile boolean loginToRead;
    private volatile @Nullable UserAuthenticator authenticator;

    @Activate
    public Access(Config config) {
        modified(config);
    }

    @Modified
    void modified(Config config) {
        loginToRead = config.cobnut_web_login();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setAuthenticator(UserAuthenticator now) {
        authenticator = now;
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went
    void unsetAuthenticator(UserAuthenticator gone) {
        if (authenticator == gone) authenticator = null;
    }

    /**
     * Judges a request. The stage ends at once, unless a password must be checked; never exceptionally.
     *
     * @param change whether the request changes a device, which takes a user
     */
    public CompletionStage<Decision> judge(HttpServletRequest request, boolean change) {
        var origin = RequestOrigin.of(request);
        if (!origin.local() || !origin.ownWish()) return done(Verdict.FOREIGN);
        Optional<RequestOrigin.Credentials> given = origin.credentials();
        if (given.isEmpty())
            return done(change || loginToRead || origin.encrypted() ? Verdict.LOGIN_REQUIRED : Verdict.ALLOWED);
        UserAuthenticator upsd = authenticator;
        if (upsd == null) return done(Verdict.LOGIN_FAILED);
        return upsd.authenticate(given.get().user(), given.get().password(), request.getRemoteAddr())
                .thenApply(this::decision);
    }

    /** Logins that failed since the start. */
    public long failures() {
        return failures.sum();
    }

    private Decision decision(Authentication authentication) {
        if (authentication.user().isPresent()) return new Decision(Verdict.ALLOWED, authentication.user());
        failures.increment();
        return Decision.of(authentication.throttled() ? Verdict.TOO_MANY_ATTEMPTS : Verdict.LOGIN_FAILED);
    }

    private static CompletionStage<Decision> done(Verdict verdict) {
        return CompletableFuture.completedFuture(Decision.of(verdict));
    }
}
