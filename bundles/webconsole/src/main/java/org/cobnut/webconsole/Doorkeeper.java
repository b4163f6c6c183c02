package org.cobnut.webconsole;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the user {@code admin} into the console, by the secret in the state path, and nobody else. The console waits for
 * it by the framework property {@code felix.webconsole.security.providers}.
 */
@Component(property = SecurityProvider.PROPERTY_ID + "=cobnut")
public final class Doorkeeper implements SecurityProvider {
    /** The one user there is. */
    static final String USER = "admin";

    /** The file below the state path. */
    static final String FILE = "console.secret";

    private static final Logger log = LoggerFactory.getLogger(Doorkeeper.class);

    private final Secret secret;
    private final LoginAudit audit = new LoginAudit(System::nanoTime);

    /** Opens the secret, and says where it is. */
    @Activate
    public Doorkeeper(BundleContext context) throws IOException {
        var file = Path.of(String.valueOf(context.getProperty("cobnut.statepath")), FILE);
        try {
            secret = Secret.in(file, new SecureRandom());
        } catch (IOException hopeless) {
            log.error("The web console stays closed: {}", hopeless.getMessage());
            throw hopeless;
        }
        log.info(
                "web console on http://{}:{}/system/console for user {}, password in {}",
                context.getProperty("org.apache.felix.http.host"),
                context.getProperty("org.osgi.service.http.port"),
                USER,
                file);
    }

    @Override
    public @Nullable Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        var visit = new Visit(
                request.getMethod(),
                header(request, "Host").orElse(""),
                header(request, "Origin"),
                header(request, "Sec-Fetch-Site"),
                header(request, "Authorization"));
        var from = String.valueOf(request.getRemoteAddr());
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        try {
            if (!visit.local() || !visit.ownWish()) {
                log.warn("web console: refused a {}", visit);
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
                return null;
            }
            if (knows(visit)) {
                audit.admitted(from);
                return USER;
            }
            visit.credentials().ifPresent(wrong -> audit.refused(wrong.user(), from));
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

    private boolean knows(Visit visit) {
        try {
            var given = visit.credentials().filter(who -> who.user().equals(USER));
            return given.isPresent() && secret.is(given.get().password());
        } catch (IOException unreadable) {
            log.error("web console: nobody gets in, for the secret cannot be read: {}", unreadable.getMessage());
            return false;
        }
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name));
    }
}
