package org.cobnut.webconsole;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.cobnut.web.origin.RequestOrigin;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates the user {@code admin} of the console by the password file in the state path. The console waits for it
 * by the framework property {@code felix.webconsole.security.providers}.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=cobnut")
public final class ConsoleSecurityProvider implements SecurityProvider {
    /** The one user there is. */
    static final String USER = "admin";

    private static final long ADMITTED = -1;

    /** The file below the state path. */
    static final String FILE = "console.secret";

    private static final Logger log = LoggerFactory.getLogger(ConsoleSecurityProvider.class);

    private static final int TOO_MANY = 429;

    private final ConsolePassword password;
    private final LoginAudit audit = new LoginAudit(System::nanoTime);
    private final GuessLimiter guesses = new GuessLimiter(System::nanoTime);

    /** Opens the secret, and says where it is. */
    @Activate
    public ConsoleSecurityProvider(BundleContext context) throws IOException {
        var file = Path.of(String.valueOf(context.getProperty("cobnut.statepath")), FILE);
        try {
            password = ConsolePassword.in(file, new SecureRandom());
        } catch (IOException hopeless) {
            log.error(
                    "The web console refuses every login: {}; fix that and restart Cobnut",
                    ErrorText.withFile(hopeless));
            throw hopeless;
        }
        log.info(
                "web console on http://{}:{}/system/console for user {}, password in {}",
                context.getProperty("org.apache.felix.http.host"),
                context.getProperty("org.osgi.service.http.port"),
                USER,
                password.shownIn());
    }

    @Override
    public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        var requestOrigin = RequestOrigin.of(request);
        var from = String.valueOf(request.getRemoteAddr());
        try {
            if (!requestOrigin.local() || !requestOrigin.ownWish()) {
                log.warn("web console: refused a {}", requestOrigin);
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
                return null;
            }
            var given = requestOrigin.credentials();
            if (given.isPresent()) {
                var source = requestOrigin.encrypted()
                        ? from
                        : LocalAccount.of(request.getRemotePort(), request.getLocalPort());
                long wait = admit(given.get(), source, from);
                if (wait == ADMITTED) {
                    audit.admitted(from);
                    return USER;
                }
                if (wait > 0) {
                    response.setHeader("Retry-After", Long.toString(wait));
                    response.sendError(TOO_MANY);
                    return null;
                }
            }
            response.setHeader("WWW-Authenticate", "Basic realm=\"Cobnut\", charset=\"UTF-8\"");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return null;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public boolean authorize(Object user, String role) {
        return USER.equals(user);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        // A browser keeps what it was told until it is closed; there is no session of ours to end.
    }

    /**
     * Looks at a password, but at no more than so many wrong ones a minute of one account of this machine; what was right
     * before is always right. Seconds to wait, or {@link #ADMITTED}.
     */
    private long admit(RequestOrigin.Credentials given, String source, String from) {
        try {
            if (given.user().equals(USER) && password.known(given.password())) return ADMITTED;
            long wait = guesses.wait(source);
            if (wait > 0) return wait;
            if (given.user().equals(USER) && password.is(given.password())) return ADMITTED;
        } catch (IOException unreadable) {
            log.error(
                    "web console: logins are refused because the password file cannot be used: {}",
                    ErrorText.withFile(unreadable));
            return 0;
        }
        int wrong = guesses.wrong(source);
        audit.refused(given.user(), from);
        if (wrong == 1) log.warn("web console: wrong user or password from {}", source);
        if (wrong == GuessLimiter.MOST)
            log.warn(
                    "web console: {} wrong passwords within a minute from {}; no more are looked at for now",
                    wrong,
                    source);
        return 0;
    }
}
